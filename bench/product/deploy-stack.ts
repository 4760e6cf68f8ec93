import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { docker } from '../harness/docker-program.ts';
import { poll } from '../harness/wait.ts';
import { BENCH_LAB } from './lab-run.ts';

const SOLUTION = resolve(import.meta.dirname, '../../labs', BENCH_LAB, 'exercises/14.1-deploy/solution.sh');
const STACK_DEADLINE_MS = 90_000;

/** Runs the recorded solution of the first exercise as the learner, and waits until all replicas run. */
export async function deployStack(
  container: string,
  engineUrl: string,
  signal: AbortSignal,
  everyMs = 500,
): Promise<void> {
  const solution = await readFile(SOLUTION);
  await docker(['exec', '-i', container, 'lab-enter', 'bash', '-ls'], { engineUrl, signal, input: solution });
  const list = [
    'exec',
    container,
    'lab-enter',
    'docker',
    'service',
    'ls',
    '--format',
    '{{.Name}} {{.Replicas}}',
  ];
  await poll(
    { what: 'all replicas of the stack to run', deadlineMs: STACK_DEADLINE_MS, signal, everyMs },
    async () => (isWhole(await docker(list, { engineUrl, signal })) ? true : null),
  );
}

/** `numbers_numbers-api 6/6 (max 2 per node)`: every service has as many tasks running as it wants. */
function isWhole(list: string): boolean {
  const services = [...list.matchAll(/^\S+ (\d+)\/(\d+)/gm)];
  return services.length > 0 && services.every(([, running, wanted]) => running === wanted && wanted !== '0');
}
