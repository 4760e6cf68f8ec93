import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { SwarmObserver } from '../../server/docker/swarm-observer.ts';
import { type Attack, broken, held, nothingFound, type Outcome } from '../attack.ts';
import type { Ground } from '../ground/ground.ts';
import { type AttackLab, quoted } from '../ground/lab.ts';
import { patiently } from '../ground/patience.ts';

const RESTART_DEADLINE_MS = patiently(60_000);
const SNAPSHOT_DEADLINE_MS = patiently(15_000);
const MEMORY_LIMIT_BYTES = 256 * 1024 * 1024;

const here = (name: string): Promise<string> => readFile(join(import.meta.dirname, name), 'utf8');

/** What the engine says has changed in the node's own files, which belong to real root. */
async function changesOf(lab: AttackLab, node: string): Promise<string[]> {
  const changes = (await lab.container(node).changes()) as { Path: string }[] | null;
  return (changes ?? []).map(({ Path }) => Path).toSorted();
}

async function evilHome(ground: Ground): Promise<Outcome> {
  const lab = await ground.pair();
  const [node] = lab.environment.nodes;
  if (node === undefined) throw new Error('a lab without nodes');
  const planted = await lab.root(await here('evil-home.sh'), node.name);
  if (!planted.output.endsWith('planted')) throw new Error(planted.output.slice(-300));
  if (planted.output.includes('REACHED')) return broken(planted.output);
  const before = await changesOf(lab, node.name);
  const until = AbortSignal.timeout(RESTART_DEADLINE_MS);
  await ground.host.switchNode(lab.environment, node.name, 'off', until);
  const startedAtMs = Date.now();
  const failure = await ground.host.switchNode(lab.environment, node.name, 'on', until).then(
    () => null,
    (reason: unknown) => (reason instanceof Error ? reason.message : String(reason)),
  );
  const tookMs = Date.now() - startedAtMs;
  const after = await changesOf(lab, node.name);
  const complaints = after.filter((path) => !before.includes(path)).map((path) => `changed: ${path}`);
  if (tookMs > RESTART_DEADLINE_MS) complaints.push(`took ${tookMs} ms`);
  complaints.push(...(await strangeInShare(ground, lab)));
  const end = failure === null ? 'the node boots again' : 'the start ends with words of its own';
  return nothingFound(
    complaints,
    `${end}; no file of the node’s root or of the host was followed or changed`,
  );
}

/** What lies in the folder that the server reads: plain files, sockets and folders only. */
async function strangeInShare(ground: Ground, lab: AttackLab): Promise<string[]> {
  const folder = join(ground.config.dataDir, 'labs', lab.environment.id);
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  return entries
    .filter((entry) => !entry.isFile() && !entry.isSocket() && !entry.isDirectory())
    .map((entry) => `strange in the share: ${entry.name}`);
}

async function setuidFile(ground: Ground): Promise<Outcome> {
  const lab = await ground.attacker();
  await lab.root(
    'cp /usr/bin/bash /home/learner/suid && chown 0:0 /home/learner/suid && chmod 6755 /home/learner/suid',
  );
  const { output } = await lab.learner('~/suid -p -c "id -u; id -ru; cat /proc/self/status | grep CapEff"');
  await lab.root('rm -f /home/learner/suid');
  const [effective, real, caps = ''] = output.split('\n');
  return effective === '1000' && real === '1000' && caps.endsWith('0'.repeat(16))
    ? held('runs, as the learner')
    : broken(output);
}

async function hardLinks(ground: Ground): Promise<Outcome> {
  const lab = await ground.attacker();
  const script =
    'for f in /etc/shadow /etc/passwd /opt/rollout-lab/bin/lab-init /var/lib/docker /run/docker.sock; do ln "$f" ~/attack-link 2>/dev/null && echo "REACHED $f" && rm -f ~/attack-link; done; true';
  const said = [await lab.learner(script), await lab.root(script.replaceAll('~', '/home/learner'))];
  return nothingFound(said.map(({ output }) => output).filter(Boolean), 'refused');
}

/** The supervisor in the lab starts whatever lies at the engine's path, and hands it the server's socket. */
const PUT_FAKE = (program: string): string =>
  `printf %s ${quoted(program)} >/run/attack-dockerd && chmod 755 /run/attack-dockerd && mount --bind /run/attack-dockerd /usr/sbin/dockerd && pkill -9 -x dockerd; true`;
const TAKE_FAKE_AWAY =
  'umount /usr/sbin/dockerd; pkill -9 perl; pkill -9 -f attack-dockerd; pkill -9 -x dockerd; true';

async function fakeEngine(ground: Ground): Promise<Outcome> {
  const lab = await ground.newLab('numbers');
  const observer = new SwarmObserver();
  const before = process.memoryUsage().rss;
  let grownBytes = 0;
  const watching = setInterval(() => {
    grownBytes = Math.max(grownBytes, process.memoryUsage().rss - before);
  }, 100);
  try {
    const put = await lab.root(PUT_FAKE(await here('fake-engine.pl')));
    if (put.output !== '') throw new Error(`the engine could not be replaced: ${put.output}`);
    await pause(2_000);
    const startedAtMs = Date.now();
    const signal = AbortSignal.timeout(SNAPSHOT_DEADLINE_MS + 10_000);
    for (let look = 0; look < 3; look++) await observer.snapshot(lab.environment.nodes, signal);
    const tookMs = Date.now() - startedAtMs;
    const wasAsked = (await lab.root('ls /tmp/attack-taken')).exitCode === 0;
    if (!wasAsked) throw new Error('the false engine was not asked');
    const complaints = [
      ...(tookMs > SNAPSHOT_DEADLINE_MS ? [`three looks took ${tookMs} ms`] : []),
      ...(grownBytes > MEMORY_LIMIT_BYTES ? [`the memory grew by ${Math.round(grownBytes / 1e6)} MB`] : []),
    ];
    return nothingFound(complaints, 'each look ends in time and in bounded memory');
  } finally {
    clearInterval(watching);
    observer.close();
    await lab.root(TAKE_FAKE_AWAY).catch(() => null);
    await ground.remove(lab);
  }
}

export const HOME_ATTACKS: readonly Attack[] = [
  {
    id: 'home/setuid',
    tried: 'a setuid shell of the lab’s root in the home, run by the learner',
    from: 'lab root',
    must: 'stays the learner, without capabilities',
    run: setuidFile,
  },
  {
    id: 'home/hard-links',
    tried: 'hard links from the home to files of the node and of its engine',
    from: 'lab root',
    must: 'refused',
    run: hardLinks,
  },
  {
    id: 'home/evil-files',
    tried:
      'links, FIFOs, setuid files, loops and foreign owners in the home and in the engine’s folder, then a power cut and a boot',
    from: 'lab root',
    must: 'the boot ends in time and follows none of them',
    run: evilHome,
    deadlineMs: 150_000,
  },
  {
    id: 'home/fake-engine',
    tried:
      'put a program in the engine’s place, which gets its socket, and answer the server with JSON that never ends',
    from: 'lab root',
    must: 'the server’s looks end in time and in bounded memory',
    run: fakeEngine,
  },
];
