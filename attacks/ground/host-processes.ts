import { look } from './eye.ts';
import type { Ground } from './ground.ts';

/** A process as the host sees it. */
export interface HostProcess {
  readonly pid: number;
  readonly name: string;
  /** Real, effective, saved and file-system id. */
  readonly uids: readonly number[];
  readonly gids: readonly number[];
  readonly capEff: bigint;
  readonly capBnd: bigint;
  readonly seccomp: string;
  readonly noNewPrivs: string;
  /** Depth of its pid namespace. */
  readonly pidDepth: number;
  readonly namespaces: Readonly<Record<string, string>>;
}

export interface HostView {
  /** Namespaces of the eye: user, pid and net are the host's. */
  readonly own: Readonly<Record<string, string>>;
  /** Processes whose cgroup names the container, or whose ids lie in the lab's range. */
  readonly processes: readonly HostProcess[];
}

export const NAMESPACE_KINDS: readonly string[] = ['user', 'pid', 'net', 'mnt', 'ipc', 'uts', 'cgroup'];

/** Nodes of one lab share their ids: who wants one node alone goes by its container. */
const NOBODYS_IDS = 2 ** 32;

/** perl: reads /proc of the host, one line per process of interest. */
const LIST = String.raw`
my ($id, $base) = @ARGV;
sub ns { my $p = shift; join ' ', map { my $l = readlink("/proc/$p/ns/$_") // '?'; $l =~ s/\D//g; "$_=$l" } qw(${NAMESPACE_KINDS.join(' ')}) }
print "own\t", ns('self'), "\n";
for my $p (map { m{(\d+)} } glob '/proc/[0-9]*') {
  open my $f, '<', "/proc/$p/status" or next; my %s; while (<$f>) { $s{$1} = $2 if /^(\w+):\s+(.*)/ }
  my $c = do { local $/; open my $g, '<', "/proc/$p/cgroup"; $g ? <$g> // '' : '' };
  my ($uid) = split ' ', $s{Uid} // '';
  next unless index($c, $id) >= 0 || (defined $uid && $uid >= $base && $uid < $base + 65536);
  tr/\t/ / for @s{qw(Uid Gid)};
  my $depth = () = ($s{NStgid} // '') =~ /\d+/g;
  print join("\t", 'process', $p, $s{Name}, $s{Uid}, $s{Gid}, $s{CapEff}, $s{CapBnd}, $s{Seccomp}, $s{NoNewPrivs}, $depth, ns($p)), "\n";
}`;

export async function lookAtProcesses(
  ground: Ground,
  containerId: string,
  uidBase: number | null,
): Promise<HostView> {
  const command = ['perl', '-e', LIST, '--', containerId, String(uidBase ?? NOBODYS_IDS)];
  const text = await look(ground.engine, ground.config.nodeImage, command);
  const lines = text.split('\n').map((line) => line.split('\t'));
  const own = namespacesOf(lines.find(([kind]) => kind === 'own')?.[1] ?? '');
  if (!/^\d+$/.test(own['user'] ?? ''))
    throw new Error(`no look at the host's processes: ${text.slice(0, 300)}`);
  const processes = lines.flatMap((columns): HostProcess[] => {
    if (columns[0] !== 'process') return [];
    const [
      ,
      pid = '',
      name = '',
      uids = '',
      gids = '',
      capEff,
      capBnd,
      seccomp = '',
      nnp = '',
      depth,
      ns = '',
    ] = columns;
    return [
      {
        pid: Number(pid),
        name,
        uids: uids.split(/\s+/).map(Number),
        gids: gids.split(/\s+/).map(Number),
        capEff: BigInt(`0x${capEff}`),
        capBnd: BigInt(`0x${capBnd}`),
        seccomp,
        noNewPrivs: nnp,
        pidDepth: Number(depth),
        namespaces: namespacesOf(ns),
      },
    ];
  });
  return { own, processes };
}

function namespacesOf(text: string): Record<string, string> {
  return Object.fromEntries(
    text.split(' ').map((pair) => {
      const [kind = '', inode = ''] = pair.split('=');
      return [kind, inode];
    }),
  );
}
