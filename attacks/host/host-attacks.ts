import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Attack, broken, held, type Outcome } from '../attack.ts';
import type { Ground } from '../ground/ground.ts';
import { quoted } from '../ground/lab.ts';
import { once } from '../ground/once.ts';

const PROBE_FILE = join(import.meta.dirname, 'host-probe.pl');

/** What the probe found, place by place: probe → result. */
type Findings = ReadonlyMap<string, ReadonlyMap<string, string>>;

const byGround = new WeakMap<Ground, () => Promise<Findings>>();

function findingsOf(ground: Ground): Promise<Findings> {
  const known = byGround.get(ground) ?? once(() => probeEverywhere(ground));
  byGround.set(ground, known);
  return known();
}

async function probeEverywhere(ground: Ground): Promise<Findings> {
  const lab = await ground.attacker();
  const probe = `perl -e ${quoted(await readFile(PROBE_FILE, 'utf8'))} 2>&1`;
  const said = [
    ['learner', await lab.learner(probe)],
    ['container', await lab.inContainer('', probe)],
    // As a learner would take the node over: every right that the engine gives, and the node's own namespaces.
    ['worst container', await lab.inWorstContainer(probe, '--pid host --network host --userns host')],
    ['lab root', await lab.root(probe)],
  ] as const;
  return new Map(
    said.map(([place, { output }]) => {
      const results = new Map(
        output.split('\n').flatMap((line) => {
          const [name, result] = line.split('\t');
          return name !== undefined && result !== undefined ? [[name, result] as const] : [];
        }),
      );
      if (results.get('end') !== 'done')
        throw new Error(`the probe broke off (${place}): ${output.slice(-300)}`);
      return [place, results] as const;
    }),
  );
}

/** In every place the same attempt; it holds when none of them reached anything. */
function judge(findings: Findings, probe: string): Outcome {
  const found = [...findings].map(([place, results]) => {
    const own = [...results].filter(([name]) => name === probe || name.startsWith(`${probe} in `));
    if (own.length === 0) throw new Error(`the probe says nothing about ${probe} (${place})`);
    return { place, words: [...new Set(own.map(([, result]) => result))].join(', ') };
  });
  const words = new Set(found.map((one) => one.words));
  const observed =
    words.size === 1
      ? `${[...words][0]} everywhere`
      : found.map((one) => `${one.place}: ${one.words}`).join('; ');
  return found.some((one) => one.words.includes('REACHED')) ? broken(observed) : held(observed);
}

const PROBES: Readonly<Record<string, string>> = {
  core_pattern: 'open /proc/sys/kernel/core_pattern for writing',
  modprobe: 'open /proc/sys/kernel/modprobe for writing',
  panic_on_oom: 'open /proc/sys/vm/panic_on_oom for writing',
  drop_caches: 'open /proc/sys/vm/drop_caches for writing',
  printk: 'open /proc/sys/kernel/printk for writing',
  'threads-max': 'open /proc/sys/kernel/threads-max for writing',
  'sysrq-trigger': 'open /proc/sysrq-trigger for writing',
  binfmt_misc: 'open the register of binfmt_misc for writing',
  uevent_helper: 'open /sys/kernel/uevent_helper for writing',
  'power-state': 'open /sys/power/state for writing',
  kcore: 'read /proc/kcore',
  kmsg: 'read /proc/kmsg',
  mem: 'read /dev/mem',
  'mknod-disk': 'make a device node of the host’s disk and open it',
  'mknod-kmsg-device': 'make a device node of the kernel log and open it',
  devices: 'find a device of the host in /dev',
  'proc-fresh': 'mount a fresh proc and open its core_pattern for writing',
  'sysfs-fresh': 'mount a fresh sysfs and open its uevent_helper for writing',
  debugfs: 'mount debugfs',
  tracefs: 'mount tracefs',
  securityfs: 'mount securityfs',
  pstore: 'mount pstore',
  configfs: 'mount configfs',
  efivarfs: 'mount efivarfs',
  devtmpfs: 'mount devtmpfs',
  'cgroup-devices': 'mount the devices controller and open devices.allow for writing',
  release_agent: 'mount a controller and open its release_agent for writing',
  cgroup2: 'mount cgroup2 and see the real root of the tree',
  'disk-as-ext4': 'mount the host’s disk read-only',
  'remount-root': 'remount the node’s files writable and open the init for writing',
  bpf: 'bpf(): make a map',
  perf_event_open: 'perf_event_open()',
  userfaultfd: 'userfaultfd()',
  io_uring_setup: 'io_uring_setup()',
  add_key: 'add_key(): the host’s keyrings',
  open_by_handle_at: 'open_by_handle_at(): the root inode of the file system below',
  kexec_load: 'kexec_load()',
  init_module: 'init_module()',
  settimeofday: 'settimeofday()',
  syslog: 'syslog(): the kernel log',
  acct: 'acct()',
  swapon: 'swapon()',
  fanotify_init: 'fanotify_init()',
  unshare: 'unshare(): a further user namespace',
};

export const HOST_ATTACKS: readonly Attack[] = Object.entries(PROBES).map(([probe, tried]) => ({
  id: `host/${probe}`,
  tried,
  from: 'every place in a lab',
  must: 'refused',
  run: async (ground) => judge(await findingsOf(ground), probe),
}));
