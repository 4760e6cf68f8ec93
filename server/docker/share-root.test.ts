import { expect, test } from 'vitest';
import { shareRootOf } from './share-root.ts';

test('sockets lie in the data folder as long as their paths fit', () => {
  expect(shareRootOf('/srv/rollout-lab/.data')).toBe('/srv/rollout-lab/.data/labs');
});

test('a deep data folder gets a short one of its own', () => {
  const deep = `/home/somebody/${'projects/'.repeat(8)}rollout-lab/.data/server`;
  expect(shareRootOf(deep, '/tmp')).toMatch(/^\/tmp\/rollout-lab-[0-9a-f]{12}$/);
  expect(shareRootOf(deep, '/tmp')).not.toBe(shareRootOf(`${deep}2`, '/tmp'));
});
