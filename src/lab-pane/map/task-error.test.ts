import { expect, test } from 'vitest';
import { troubleIn } from './task-error.ts';

test.each([
  ['task: non-zero exit (137): dockerexec: unhealthy container', { kind: 'unhealthy' }],
  ['task: non-zero exit (137)', { kind: 'killed' }],
  ['task: non-zero exit (143): dockerexec: unhealthy container', { kind: 'unhealthy' }],
  ['task: non-zero exit (255)', { kind: 'engine-gone' }],
  ['host-mode port already in use on 1 node', { kind: 'port-taken' }],
  ['task: non-zero exit (2)', { kind: 'exit', code: 2 }],
  ['No such image: numbers-api:v9', { kind: 'no-image' }],
  ['no suitable node (host-mode port already in use on 1 node)', { kind: 'port-taken' }],
  ['no suitable node (scheduling constraints not satisfied on 3 nodes)', { kind: 'constraints' }],
  ['no suitable node (insufficient resources on 1 node)', { kind: 'resources' }],
  ['no suitable node (1 node not available for new tasks)', { kind: 'unavailable' }],
  ['no suitable node (max replicas per node limit exceed)', { kind: 'spread' }],
  ['no suitable node', { kind: 'no-node' }],
  [
    'starting container failed: failed to create task for container: OCI runtime create failed: exec: "x": executable file not found in $PATH',
    { kind: 'not-started' },
  ],
  ['something that nobody has seen before', null],
])('%s', (error, trouble) => {
  expect(troubleIn(error)).toEqual(trouble);
});
