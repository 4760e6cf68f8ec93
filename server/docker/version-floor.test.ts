import { expect, test } from 'vitest';
import { judgeVersions } from './version-floor.ts';
import { compareDebianVersions } from './wall/compare-debian-versions.ts';

const GOOD = {
  'docker.io': '26.1.5+dfsg1-9+deb13u1',
  containerd: '1.7.24~ds1-6+deb13u1',
  crun: '1.28-1',
};

test.each([
  ['1.28-1', '1.28', 1],
  ['1.21-1', '1.28', -1],
  ['1.9', '1.10', -1],
  ['26.1.5+dfsg1-9+b9', '26.1.5+dfsg1-9+deb13u1', -1],
  ['26.1.5+dfsg1-9', '26.1.5+dfsg1-9+deb13u1', -1],
  ['28.5.2+dfsg4-5', '26.1.5+dfsg1-9+deb13u1', 1],
  ['1.7.24~ds1-6', '1.7.24', -1],
  ['1:1.0', '2.0', 1],
  ['1.0', '1.0-0', 0],
  ['1.1.15+ds1-2+b4', '1.3.6', -1],
])('%s against %s', (one, other, order) => {
  expect(Math.sign(compareDebianVersions(one, other))).toBe(order);
  expect(Math.sign(compareDebianVersions(other, one))).toBe(-order || 0);
});

test('an image without runc meets the floor, and what stays open is named', () => {
  expect(judgeVersions(GOOD)).toEqual({
    isMet: true,
    detail:
      'docker.io 26.1.5+dfsg1-9+deb13u1, containerd 1.7.24~ds1-6+deb13u1, crun 1.28-1; open: CVE-2026-41567',
  });
});

test.each([
  ['the release’s own crun', { ...GOOD, crun: '1.21-1' }, 'crun 1.21-1 is below 1.28'],
  ['an unpatched engine', { ...GOOD, 'docker.io': '26.1.5+dfsg1-9' }, 'CVE-2026-34040'],
  ['an old runc', { ...GOOD, runc: '1.1.15+ds1-2+b4' }, 'CVE-2025-31133'],
  ['an image that tells no versions', {}, 'containerd unknown'],
])('%s is below the floor', (_name, versions, words) => {
  const { isMet, detail } = judgeVersions(versions);
  expect(isMet).toBe(false);
  expect(detail).toContain(words);
});
