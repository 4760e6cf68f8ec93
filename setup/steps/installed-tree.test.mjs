import { expect, test } from 'vitest';
import { installedMatches } from './installed-tree.mjs';

const wanted = {
  packages: {
    '': { version: '0.1.0' },
    'node_modules/a': { version: '1.0.0' },
    'node_modules/b-darwin': { version: '2.0.0', optional: true },
  },
};

test('a tree without what is optional here matches', () => {
  expect(installedMatches(wanted, { packages: { 'node_modules/a': { version: '1.0.0' } } })).toBe(true);
});

test.each([
  ['nothing installed', undefined],
  ['another version', { packages: { 'node_modules/a': { version: '1.0.1' } } }],
  ['a package missing', { packages: {} }],
  [
    'one too many',
    { packages: { 'node_modules/a': { version: '1.0.0' }, 'node_modules/z': { version: '1.0.0' } } },
  ],
])('%s does not', (_name, installed) => expect(installedMatches(wanted, installed)).toBe(false));
