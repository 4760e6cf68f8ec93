import { type Attack, broken, held, nothingFound, type Outcome } from '../attack.ts';
import type { Ground } from '../ground/ground.ts';
import { type HostProcess, lookAtProcesses, NAMESPACE_KINDS } from '../ground/host-processes.ts';
import type { AttackLab } from '../ground/lab.ts';
import { once } from '../ground/once.ts';
import { patiently } from '../ground/patience.ts';
import { inspectComplaints } from './inspect-complaints.ts';

const IDS_PER_LAB = 65_536;
/** SYS_ADMIN SETUID SETGID NET_ADMIN CHOWN DAC_OVERRIDE SYS_CHROOT KILL as bits. */
const EIGHT_CAPABILITIES = 0x2410e3n;

/** Of the programs that run as the node's real root, none takes anything from a lab but bytes of a terminal. */
const OUTER_PROGRAMS = new Set(['lab-init', 'dtach', 'terminal', 'lab-enter']);

export async function uidBaseOf(lab: AttackLab): Promise<number> {
  const { Config } = await lab.container().inspect();
  const base = Config.Env.find((entry) => entry.startsWith('LAB_UID_BASE='))?.split('=')[1];
  return Number(base);
}

interface Seen {
  readonly base: number;
  readonly inside: readonly HostProcess[];
  readonly outside: readonly HostProcess[];
  readonly host: Readonly<Record<string, string>>;
}

const sights = new WeakMap<Ground, () => Promise<Seen>>();

function sightOf(ground: Ground): Promise<Seen> {
  const known = sights.get(ground) ?? once(() => see(ground));
  sights.set(ground, known);
  return known();
}

/** A lab at work: its daemons, a terminal, a container as the learner starts one, and one with all rights. */
async function see(ground: Ground): Promise<Seen> {
  const lab = await ground.attacker();
  const [node] = lab.environment.nodes;
  if (node === undefined) throw new Error('a lab without nodes');
  await ground.shell.start(node, 'facts', { cols: 80, rows: 24 }, AbortSignal.timeout(patiently(10_000)));
  await lab.inContainer('-d --name facts-default', 'sleep 120');
  await lab.inWorstContainer('sleep 120', '-d --name facts-worst --pid host --network host --userns host');
  try {
    const base = await uidBaseOf(lab);
    const { own, processes } = await lookAtProcesses(ground, node.containerId, base);
    const inside = processes.filter(({ namespaces }) => namespaces['user'] !== own['user']);
    const outside = processes.filter((one) => !inside.includes(one));
    return { base, inside, outside, host: own };
  } finally {
    await lab.learner('docker rm -f facts-default facts-worst');
    await ground.shell.stop(node, 'facts', AbortSignal.timeout(patiently(10_000)));
  }
}

const named = ({ name, pid }: HostProcess): string => `${name} (${pid})`;

async function everyProcess(
  ground: Ground,
  whenNone: (seen: Seen) => string,
  isWrong: (process: HostProcess, seen: Seen) => string | null,
): Promise<Outcome> {
  const seen = await sightOf(ground);
  if (seen.inside.length < 5) return broken(`only ${seen.inside.length} processes of the lab were seen`);
  const wrong = seen.inside.flatMap((process) => {
    const why = isWrong(process, seen);
    return why === null ? [] : [`${named(process)}: ${why}`];
  });
  return nothingFound(wrong, whenNone(seen));
}

async function foundInLab(ground: Ground, script: string, whenNone: string): Promise<Outcome> {
  const { output } = await (await ground.attacker()).root(script);
  return nothingFound(output.split('\n').filter(Boolean), whenNone);
}

export const FACTS_ATTACKS: readonly Attack[] = [
  {
    id: 'facts/ids',
    tried: 'find a process of the lab with an id outside the lab’s range',
    from: 'outside, looking in',
    must: 'daemons, terminals and containers all have ids of the lab’s own range',
    run: (ground) =>
      everyProcess(
        ground,
        () => 'all ids lie in the lab’s own range',
        ({ uids, gids }, { base }) =>
          [...uids, ...gids].every((id) => id >= base && id < base + IDS_PER_LAB)
            ? null
            : `ids ${uids} ${gids}`,
      ),
  },
  {
    id: 'facts/namespaces',
    tried: 'find a process of the lab that shares a namespace with the host or with the node’s init',
    from: 'outside, looking in',
    must: 'own user, pid, net, mnt, ipc, uts and cgroup namespace',
    run: (ground) =>
      everyProcess(
        ground,
        () => 'none is shared',
        ({ namespaces }, { host, outside }) => {
          const init = outside.find(({ name }) => name === 'lab-init');
          const shared = NAMESPACE_KINDS.filter(
            (kind) => namespaces[kind] === host[kind] || namespaces[kind] === init?.namespaces[kind],
          );
          return shared.length === 0 ? null : `shares ${shared.join(', ')}`;
        },
      ),
  },
  {
    id: 'facts/filters',
    tried: 'find a process of the lab without seccomp filter or with a way to new privileges',
    from: 'outside, looking in',
    must: 'Seccomp 2 and NoNewPrivs 1, also in a container that asked for neither',
    run: (ground) =>
      everyProcess(
        ground,
        () => 'Seccomp 2, NoNewPrivs 1 for all',
        ({ seccomp, noNewPrivs }) =>
          seccomp === '2' && noNewPrivs === '1' ? null : `Seccomp ${seccomp}, NoNewPrivs ${noNewPrivs}`,
      ),
  },
  {
    id: 'facts/real-root',
    tried: 'find a real root of the node that is more than it has to be',
    from: 'outside, looking in',
    must: 'only the init and the terminals’ carriers, eight capabilities at most, seccomp, no new privileges',
    run: async (ground) => {
      const { outside } = await sightOf(ground);
      const wrong = outside.flatMap((process) => {
        const { name, capEff, capBnd, seccomp, noNewPrivs } = process;
        const complaints = [
          OUTER_PROGRAMS.has(name) ? '' : 'unknown program',
          (capEff | capBnd) & ~EIGHT_CAPABILITIES ? `capabilities ${capEff.toString(16)}` : '',
          seccomp === '2' ? '' : 'no seccomp',
          noNewPrivs === '1' ? '' : 'new privileges possible',
        ].filter(Boolean);
        return complaints.length === 0 ? [] : [`${named(process)}: ${complaints.join(', ')}`];
      });
      const programs = [...new Set(outside.map(({ name }) => name))].sort().join(', ');
      if (!outside.some(({ name }) => name === 'lab-init')) return broken('the node’s init was not seen');
      return nothingFound(wrong, `${programs}: within the eight`);
    },
  },
  {
    id: 'facts/container',
    tried: 'find something in the node’s container that opens the host',
    from: 'outside, looking in',
    must: 'no device, no host folder but the share, not privileged, masks, limits, swap equal to memory',
    run: async (ground) => {
      const lab = await ground.attacker();
      const complaints = inspectComplaints(await lab.container().inspect(), ground.config.dataDir);
      return nothingFound(complaints, 'as it should be');
    },
  },
  {
    id: 'facts/shell',
    tried: 'find a capability in the learner’s shell',
    from: 'learner',
    must: 'all five sets empty, Seccomp 2, NoNewPrivs 1',
    run: async (ground) => {
      const script = 'awk \'/^(Cap|NoNewPrivs|Seccomp:)/ {printf "%s ", $2}\' /proc/self/status';
      const { output } = await (await ground.attacker()).learner(script);
      const expected = [...Array(5).fill('0'.repeat(16)), '1', '2'].join(' ');
      return output === expected ? held('all empty') : broken(output);
    },
  },
  {
    id: 'facts/setuid',
    tried: 'find a file that gives somebody else’s rights (setuid, setgid, file capabilities)',
    from: 'lab root',
    must: 'none in the node',
    run: (ground) =>
      foundInLab(
        ground,
        `find / -xdev -perm /6000 -type f 2>/dev/null; perl -e 'use strict; open my $f, "-|", "find /usr /opt /etc -xdev -type f"; my ($n, $b) = ("security.capability", "\\0" x 64); while (<$f>) { chomp; my $p = $_; print "$p\\n" if syscall(-e "/lib64" ? 191 : 8, $p, $n, $b, 64) > 0 }'`,
        'none',
      ),
  },
  {
    id: 'facts/writable-files',
    tried: 'change a file of the node that others run or read',
    from: 'lab root',
    must: 'the node’s own files belong to nobody in the lab',
    run: (ground) =>
      foundInLab(
        ground,
        'find / -xdev \\( -path /home -o -path /lab \\) -prune -o \\( -type f -o -type d \\) -writable -print 2>/dev/null | grep -vE "^/((var/)?tmp|run|var/lib/docker)$|^/(proc|sys)"',
        'none can be written',
      ),
  },
  {
    id: 'facts/writable-sockets',
    tried: 'find a socket that the learner may write to',
    from: 'learner',
    must: 'the engine’s own socket only, which learners are meant to use',
    run: async (ground) => {
      const { output } = await (await ground.attacker()).learner('find / -type s -writable 2>/dev/null');
      return output === '/run/docker.sock' ? held(output) : broken(output || 'not even the engine’s');
    },
  },
  {
    id: 'facts/share',
    tried: 'see what the server reads: the share folder, the outer tmpfs, the outer engine',
    from: 'lab root',
    must: 'none of it exists in the lab’s mounts',
    run: (ground) =>
      foundInLab(
        ground,
        "grep -E ' (/lab|/run/rollout-lab)' /proc/mounts; ls /lab/share /run/rollout-lab 2>/dev/null",
        'not there',
      ),
  },
  {
    id: 'facts/environment',
    tried: 'read the environment and the descriptors that a shell brought along from outside',
    from: 'learner',
    must: 'nothing of the server, no descriptor beyond the terminal',
    run: async (ground) => {
      const script =
        'env | cut -d= -f1 | sort | xargs; ls /proc/$$/fd | grep -vE "^(0|1|2|255)$"; ls -l /proc/$$/fd | grep -oE "/(lab|var/lib/docker)[^ ]*"';
      const { output } = await (await ground.attacker()).learner(script);
      const [names = '', ...found] = output.split('\n');
      const allowed = new Set('COLORTERM HOME LANG LOGNAME PATH PWD SHELL SHLVL TERM USER _'.split(' '));
      const foreign = names.split(' ').filter((name) => !allowed.has(name));
      return nothingFound([...foreign, ...found], 'nothing');
    },
  },
];
