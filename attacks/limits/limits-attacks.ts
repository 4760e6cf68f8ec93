import { type Attack, broken, held, type Outcome } from '../attack.ts';
import { measureEcho } from '../ground/echo-meter.ts';
import type { Ground } from '../ground/ground.ts';
import type { AttackLab } from '../ground/lab.ts';
import { ATTACKERS } from './attackers.ts';
import { DISK_ATTACKS } from './disk-attacks.ts';

const ATTACK_SECONDS = 8;
/** Ten times what a hand notices: the benchmark has the true figures, this only tells a bounded wait from a hang. */
const NEIGHBOUR_P99_LIMIT_MS = 1_000;
const HOST_PING_LIMIT_MS = 5_000;
const BACK_WITHIN_MS = 60_000;

async function run(lab: AttackLab, name: string, seconds = ATTACK_SECONDS): Promise<string> {
  const script = ATTACKERS[name]?.(seconds);
  if (script === undefined) throw new Error(`no attacker ${name}`);
  return (await lab.learner(script, 'node1', (seconds + 40) * 1000)).output;
}

/** A lab that was at its limit works again without a reset. */
async function complaintAfter(lab: AttackLab): Promise<string | null> {
  const endMs = Date.now() + BACK_WITHIN_MS;
  let said = { exitCode: 1, output: '' };
  while (Date.now() < endMs) {
    const script = 'timeout 20 docker ps -q >/dev/null && echo back';
    said = await lab.learner(script).catch((failure: unknown) => ({ exitCode: 1, output: String(failure) }));
    if (said.output.endsWith('back')) return null;
  }
  return `the lab does not come back: ${said.output.slice(-200)}`;
}

async function forkLoop(ground: Ground): Promise<Outcome> {
  const lab = await ground.attacker();
  const { HostConfig } = await lab.container().inspect();
  const limit = HostConfig.PidsLimit ?? 0;
  const output = await run(lab, 'forks', 5);
  const [, forked = '', refused = ''] = /forked (\d+), refused (\d+)/.exec(output) ?? [];
  const complaint = await complaintAfter(lab);
  if (complaint !== null) return broken(complaint);
  if (forked === '') return broken(`the loop ended early: ${output.slice(-200)}`);
  return Number(forked) <= limit && Number(refused) > 0
    ? held('stopped below the limit of the node; a command still gets in afterwards')
    : broken(`${forked} processes of at most ${limit}, ${refused} refused`);
}

async function memoryHog(ground: Ground): Promise<Outcome> {
  const lab = await ground.attacker();
  const before = (await lab.container().inspect()).State;
  const output = await run(lab, 'memory', 5);
  const killed = Number(/killed (\d+) times/.exec(output)?.[1] ?? 0);
  const complaint = await complaintAfter(lab);
  const after = (await lab.container().inspect()).State;
  if (complaint !== null) return broken(complaint);
  if (after.StartedAt !== before.StartedAt || !after.Running) return broken('the whole node ended');
  return killed > 0
    ? held('the hog is killed inside; the node, its engine and its other shells go on')
    : broken(`nobody was killed: ${output.slice(-200)}`);
}

async function openFiles(ground: Ground): Promise<Outcome> {
  const lab = await ground.attacker();
  const output = await run(lab, 'files', 1);
  const opened = Number(/opened (\d+)/.exec(output)?.[1] ?? Number.NaN);
  const raised = await lab.root('ulimit -Hn 2000000 && echo raised');
  if (!(opened <= 65_536)) return broken(output.slice(-200));
  return raised.output.includes('raised')
    ? broken('root of the lab raises the limit')
    : held(`refused after ${opened}`);
}

async function everythingAtOnce(ground: Ground): Promise<Outcome> {
  const [lab, neighbour] = await Promise.all([ground.attacker(), ground.neighbour()]);
  const quiet = await measureEcho(ground, neighbour, Date.now() + 5_000);
  const names = Object.keys(ATTACKERS);
  const seconds = ATTACK_SECONDS + 6;
  const attacking = Promise.allSettled(names.map((name) => run(lab, name, seconds)));
  await new Promise((resolve) => setTimeout(resolve, 1_500));
  const echo = measureEcho(ground, neighbour, Date.now() + ATTACK_SECONDS * 1000);
  const pingStartedAt = performance.now();
  await ground.engine.ping();
  const pingMs = Math.round(performance.now() - pingStartedAt);
  const busy = await echo;
  await attacking;
  const complaint = await complaintAfter(lab);
  const figures = `neighbour's echo p50/p99 ${quiet.p50Ms}/${quiet.p99Ms} ms quiet, ${busy.p50Ms}/${busy.p99Ms} ms attacked; the engine answers in ${pingMs} ms`;
  if (complaint !== null) return broken(`${figures}; ${complaint}`);
  const isBounded = busy.count > 20 && busy.p99Ms <= NEIGHBOUR_P99_LIMIT_MS && pingMs <= HOST_PING_LIMIT_MS;
  return isBounded ? held(figures) : broken(figures);
}

export const LIMITS_ATTACKS: readonly Attack[] = [
  {
    id: 'limits/forks',
    tried: 'a loop that forks and keeps its children',
    from: 'learner',
    must: 'ends at the node’s number of processes, and the server’s commands still get in',
    run: forkLoop,
  },
  {
    id: 'limits/memory',
    tried: 'take more memory than the lab has, again and again',
    from: 'learner',
    must: 'the hog is killed, the node goes on',
    run: memoryHog,
  },
  {
    id: 'limits/open-files',
    tried: 'open files without end, and raise the limit as root of the lab',
    from: 'learner',
    must: 'ends at 65536 at most',
    run: openFiles,
  },
  ...DISK_ATTACKS,
  {
    id: 'limits/all-at-once',
    tried: 'forks, memory, files, processor and disk at the same time',
    from: 'learner',
    must: `the neighbour’s echo stays below ${NEIGHBOUR_P99_LIMIT_MS} ms (p99), the engine answers, the lab comes back`,
    run: everythingAtOnce,
    deadlineMs: 180_000,
  },
];
