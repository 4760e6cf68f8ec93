import { expect, test } from 'vitest';
import { mountsBelow } from './mounts.mjs';

const MOUNT_INFO = `22 1 254:0 / / rw - ext4 /dev/vda rw
30 22 0:30 / /data rw - tmpfs tmpfs rw
31 30 0:31 / /data/engine/a rw - overlay overlay rw
32 31 0:32 / /data/engine/a/b\\040c rw - tmpfs tmpfs rw
33 22 0:33 / /database rw - tmpfs tmpfs rw`;

test('finds the mounts below a folder, the deepest first, and not those of a neighbour', () => {
  expect(mountsBelow('/data', MOUNT_INFO)).toEqual(['/data/engine/a/b c', '/data/engine/a', '/data']);
});
