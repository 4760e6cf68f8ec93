import { expect, test } from 'vitest';
import { compareVersions, unusableBecause } from './probe.mjs';

const INFO = {
  version: '26.1.5',
  apiVersion: '1.45',
  osType: 'linux',
  operatingSystem: 'Debian GNU/Linux 13',
  kernelVersion: '6.12.0',
  storageDriver: 'overlay2',
  dataDir: '/var/lib/docker',
  cgroupVersion: '2',
  cgroupDriver: 'systemd',
  securityOptions: ['name=seccomp,profile=builtin'],
  memoryBytes: 8 * 2 ** 30,
  cpus: 4,
  isPodman: false,
};

test('a current engine with Linux containers is usable', () => expect(unusableBecause(INFO)).toBeUndefined());

test.each([
  ['Windows containers', { osType: 'windows' }, /Linux containers/],
  ['Podman', { isPodman: true }, /Podman/],
  ['a rootless engine', { securityOptions: ['name=rootless'] }, /rootless/],
  ['an old engine', { apiVersion: '1.40' }, /too old/],
])('%s is not', (_name, change, reason) => expect(unusableBecause({ ...INFO, ...change })).toMatch(reason));

test('versions compare by number', () => {
  expect(compareVersions('1.9', '1.41')).toBeLessThan(0);
  expect(compareVersions('6.18.44-fc-v657', '5.11')).toBeGreaterThan(0);
  expect(compareVersions('5.11', '5.11')).toBe(0);
});
