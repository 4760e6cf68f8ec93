import { expect, test } from 'vitest';
import { labsThatFit } from '../capacity.mjs';
import { judge } from './judge.mjs';
import { formatRows } from './rows.mjs';

const GIB = 2 ** 30;

/** @type {import('./facts.mjs').MachineFacts} */
const GOOD = {
  platform: 'linux',
  arch: 'x64',
  nodeVersion: '20.20.2',
  runtimeVersion: '24.21.0',
  runtimeWanted: '24.21.0',
  npmVersion: '11.19.1',
  missingTools: [],
  canInstall: true,
  engine: {
    info: {
      version: '26.1.5',
      apiVersion: '1.45',
      osType: 'linux',
      operatingSystem: 'Debian',
      kernelVersion: '6.12.0',
      storageDriver: 'overlay2',
      dataDir: '/var/lib/docker',
      cgroupVersion: '2',
      cgroupDriver: 'systemd',
      securityOptions: [],
      memoryBytes: 16 * GIB,
      cpus: 4,
      isPodman: false,
    },
    source: '/var/run/docker.sock',
    refusals: [],
    canRunPrivate: true,
  },
  kernel: {
    release: '6.12.0',
    cgroupVersion: 2,
    controllers: ['cpu', 'memory', 'pids', 'io'],
    maxUserNamespaces: 60_000,
    usernsNeedsPrivilege: false,
    hasAppArmor: true,
    hasBridgeFilter: true,
    hasIpvs: true,
    availableMemoryBytes: 8 * GIB,
  },
  freeDiskBytes: 50 * GIB,
  diskPlace: '/var/lib/docker',
  port: { host: '127.0.0.1', port: 4321, problem: undefined, holder: undefined },
  hasDtach: true,
  browser: '/usr/bin/chromium',
  isRoot: true,
  canMountLoops: true,
  wall: undefined,
};

/** @param {Partial<import('./facts.mjs').MachineFacts>} change */
const levels = (change) =>
  Object.fromEntries(judge({ ...GOOD, ...change }).map(({ id, level }) => [id, level]));
const kernel = /** @type {import('./kernel-facts.mjs').KernelFacts} */ (GOOD.kernel);
/** @param {string} mode @param {import('./measured-wall.mjs').WallPart} part */
const measured = (mode, part) => ({ mode, parts: [part] });
const noEngine = { ...GOOD.engine, info: undefined, source: '' };

test('a machine with everything passes every row', () => {
  expect(new Set(Object.values(levels({})))).toEqual(new Set(['pass']));
});

test.each([
  ['no engine, but one can be run', { engine: noEngine }, 'engine', 'warn'],
  ['no engine and no way to one', { engine: { ...noEngine, canRunPrivate: false } }, 'engine', 'fail'],
  ['the runtime not installed yet', { runtimeVersion: undefined }, 'runtime', 'warn'],
  ['no compiler, but apt', { missingTools: ['g++'] }, 'compiler', 'warn'],
  [
    'no compiler and no right to install',
    { missingTools: ['g++'], canInstall: false, runtimeVersion: undefined },
    'compiler',
    'fail',
  ],
  [
    'user namespaces switched off',
    { kernel: { ...kernel, maxUserNamespaces: 0 } },
    'user-namespaces',
    'fail',
  ],
  ['a missing controller', { kernel: { ...kernel, controllers: ['cpu', 'memory'] } }, 'cgroups', 'fail'],
  ['no IPVS', { kernel: { ...kernel, hasIpvs: false } }, 'ip-vs', 'warn'],
  ['no br_netfilter', { kernel: { ...kernel, hasBridgeFilter: false } }, 'br-netfilter', 'warn'],
  ['little memory', { kernel: { ...kernel, availableMemoryBytes: 1.5 * GIB } }, 'memory', 'warn'],
  ['hardly any memory', { kernel: { ...kernel, availableMemoryBytes: GIB } }, 'memory', 'fail'],
  ['a nearly full disk', { freeDiskBytes: 2 * GIB }, 'disk', 'fail'],
  ['the port in use', { port: { ...GOOD.port, problem: 'EADDRINUSE', holder: 'node x' } }, 'port', 'warn'],
  ['an old kernel', { engine: noEngine, kernel: { ...kernel, release: '5.10.0-21' } }, 'kernel', 'fail'],
  ['no dtach', { hasDtach: false }, 'dtach', 'warn'],
  ['no browser', { browser: undefined }, 'chromium', 'warn'],
  ['an ordinary user', { isRoot: false }, 'wall-server-split', 'warn'],
  ['no loop devices', { canMountLoops: false }, 'wall-disk', 'warn'],
  [
    'a part that a running server misses',
    { wall: measured('alone', { part: 'versions', state: 'missing', detail: 'crun 1.21-1' }) },
    'wall-versions',
    'warn',
  ],
  [
    'a part that holds in class mode, without details',
    { isRoot: false, wall: measured('class', { part: 'disk', state: 'holds' }) },
    'wall-disk',
    'pass',
  ],
])('%s', (_name, change, id, level) => expect(levels(change)[id]).toBe(level));

test('a row that does not pass says what to do', () => {
  const rows = judge({
    ...GOOD,
    engine: { ...noEngine, canRunPrivate: false },
    browser: undefined,
    npmVersion: undefined,
  });
  expect(rows.filter(({ level, todo }) => level !== 'pass' && !todo)).toEqual([]);
  expect(formatRows(rows)).toMatch(/✗ FAIL {2}Docker engine .*\n +→ /);
});

test('labs fit by what is scarcer, and never fewer than none', () => {
  expect(labsThatFit({ availableMemoryBytes: 2 * GIB, freeDiskBytes: 100 * GIB })).toBe(4);
  expect(labsThatFit({ availableMemoryBytes: 100 * GIB, freeDiskBytes: 3 * GIB })).toBe(6);
  expect(labsThatFit({ availableMemoryBytes: 0, freeDiskBytes: 0 })).toBe(0);
});
