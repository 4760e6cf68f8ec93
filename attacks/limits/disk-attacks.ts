import { type Attack, broken, held, type Outcome } from '../attack.ts';
import type { Ground } from '../ground/ground.ts';
import { type AttackLab, quoted } from '../ground/lab.ts';

const MIB = 1024 * 1024;
/** No lab is given more; a file system that is larger is the host's own and is not filled to find out. */
const LARGEST_LAB_DISK_BYTES = 16 * 1024 * MIB;
const DEADLINE_MS = 90_000;

interface Place {
  readonly name: string;
  readonly words: string;
  /** Prints a folder of that place for `df`, and prepares it. */
  readonly prepare: string;
  /** Writes until it is refused. `$at` is that folder. */
  readonly fill: string;
  readonly clean: string;
  readonly as: 'learner' | 'lab root';
}

const FILL =
  'fallocate -l "$((left - 1048576))" "$at/attack-fill" 2>/dev/null || true; dd if=/dev/zero of="$at/attack-fill-2" bs=1M count=4096 2>&1 | tail -1';
const CLEAN = 'rm -f "$at"/attack-fill*';

const PLACES: readonly Place[] = [
  { name: 'home', words: 'a file in the home', prepare: 'echo ~', fill: FILL, clean: CLEAN, as: 'learner' },
  {
    name: 'var-tmp',
    words: 'a file in /var/tmp',
    prepare: 'echo /var/tmp',
    fill: FILL,
    clean: CLEAN,
    as: 'learner',
  },
  { name: 'tmp', words: 'a file in /tmp', prepare: 'echo /tmp', fill: FILL, clean: CLEAN, as: 'learner' },
  {
    name: 'dev-shm',
    words: 'a file in /dev/shm',
    prepare: 'echo /dev/shm',
    fill: FILL,
    clean: CLEAN,
    as: 'learner',
  },
  { name: 'run', words: 'a file in /run', prepare: 'echo /run', fill: FILL, clean: CLEAN, as: 'lab root' },
  {
    name: 'volume',
    words: 'a volume of the lab’s engine',
    prepare:
      'docker volume create attack-fill >/dev/null; docker volume inspect -f "{{.Mountpoint}}" attack-fill',
    fill: FILL,
    clean: 'docker volume rm -f attack-fill',
    as: 'lab root',
  },
];

async function stay(lab: AttackLab, as: Place['as'], script: string): Promise<string> {
  const said =
    as === 'learner' ? lab.learner(script, 'node1', DEADLINE_MS) : lab.root(script, 'node1', DEADLINE_MS);
  return (await said).output;
}

/** Free bytes and size of the file system at a folder; zero where nothing can be written at all. */
async function roomAt(
  lab: AttackLab,
  folder: string,
  as: Place['as'],
): Promise<{ left: number; size: number }> {
  const output = await stay(
    lab,
    as,
    `if [[ -w ${quoted(folder)} ]] && (: >${quoted(`${folder}/attack-room`)}) 2>/dev/null; then df -B1 --output=avail,size ${quoted(folder)} | tail -1; rm -f ${quoted(`${folder}/attack-room`)}; else echo 0 0; fi`,
  );
  const [left, size] = output.trim().split(/\s+/).map(Number);
  if (left === undefined || size === undefined || Number.isNaN(left + size)) throw new Error(`df: ${output}`);
  return { left, size };
}

async function fill(ground: Ground, place: Place): Promise<Outcome> {
  const lab = await ground.attacker();
  const folder = (await stay(lab, place.as, place.prepare)).split('\n').at(-1) ?? '';
  const setting = (left: number): string => `at=${quoted(folder)} left=${left}`;
  try {
    const { left, size } = await roomAt(lab, folder, place.as);
    if (size === 0) return held('nothing can be written there');
    if (size > LARGEST_LAB_DISK_BYTES) return broken('has the size of the host’s disk: not bounded');
    const output = await stay(lab, place.as, `${setting(left)}; ${place.fill}`);
    const after = await roomAt(lab, folder, place.as).catch(() => ({ left: 0, size }));
    if (after.left > size / 10)
      return broken(`${Math.round(after.left / MIB)} MiB left: ${output.slice(-200)}`);
  } finally {
    await stay(lab, place.as, `${setting(0)}; ${place.clean}`).catch(() => '');
  }
  return comesBack(lab, 'refused at the lab’s own size; the lab goes on when it is cleared');
}

async function comesBack(lab: AttackLab, observed: string): Promise<Outcome> {
  const script =
    'for i in $(seq 20); do timeout 10 docker ps -q >/dev/null && echo back && break; sleep 1; done';
  const { output } = await lab.learner(script);
  return output.endsWith('back')
    ? held(observed)
    : broken(`the lab does not come back: ${output.slice(-200)}`);
}

async function fillLayer(ground: Ground): Promise<Outcome> {
  const script =
    'fallocate -l 64G /fill 2>/dev/null; dd if=/dev/zero of=/fill2 bs=1M count=8192 2>/dev/null; df -B1 --output=avail,size / | tail -1';
  return fillByContainer(ground, async (lab) => {
    const { output } = await lab.inContainer('--name attack-fill', script, DEADLINE_MS);
    const [left = Number.NaN, size = 0] = (output.split('\n').at(-1) ?? '').trim().split(/\s+/).map(Number);
    return left <= size / 10 ? null : `${Math.round(left / MIB)} MiB left`;
  });
}

/** The engine writes the log; it may rotate, stop or fail, as long as the disk's size holds. */
async function fillLog(ground: Ground): Promise<Outcome> {
  const options = '-d --name attack-fill --log-driver json-file --log-opt max-size=100g --log-opt max-file=5';
  return fillByContainer(ground, async (lab) => {
    await lab.inContainer(options, 'timeout 8 yes "$(head -c 4000 /dev/zero | tr "\\0" x)"');
    await lab.learner('timeout 20 docker wait attack-fill');
    return null;
  });
}

/** A container's layer and log are the engine's to write. */
async function fillByContainer(
  ground: Ground,
  fillUp: (lab: AttackLab) => Promise<string | null>,
): Promise<Outcome> {
  const lab = await ground.attacker();
  const { size } = await roomAt(lab, '/var/lib/docker', 'lab root');
  if (size > LARGEST_LAB_DISK_BYTES) return broken('has the size of the host’s disk: not bounded');
  try {
    const complaint = await fillUp(lab);
    if (complaint !== null) return broken(complaint);
  } finally {
    await lab.learner('docker rm -f attack-fill').catch(() => null);
  }
  return comesBack(lab, 'refused at the lab’s own size; the lab goes on when it is cleared');
}

const must = 'bounded by the lab’s own size, and the lab works again when it is cleared';

export const DISK_ATTACKS: readonly Attack[] = [
  ...PLACES.map(
    (place): Attack => ({
      id: `limits/disk-${place.name}`,
      tried: `fill the disk by ${place.words}`,
      from: place.as,
      must,
      run: (ground) => fill(ground, place),
    }),
  ),
  {
    id: 'limits/disk-layer',
    tried: 'fill the disk by a container’s own layer',
    from: 'container',
    must,
    run: fillLayer,
  },
  {
    id: 'limits/disk-log',
    tried: 'fill the disk by a container’s log, with a limit of 100 GB asked for',
    from: 'container',
    must,
    run: fillLog,
  },
];
