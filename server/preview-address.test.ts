import { expect, test } from 'vitest';
import { ConfigError, readConfig } from './config.ts';
import { previewAddress } from './preview-address.ts';
import { webAddress } from './web-address.ts';

const LABEL = `p-${'a1'.repeat(13)}`;

function addressOf(urls: { publicUrl?: string; previewUrl?: string } = {}) {
  const config = {
    host: '127.0.0.1',
    publicUrl: urls.publicUrl ?? null,
    previewUrl: urls.previewUrl ?? null,
  };
  const port = () => 4321;
  return previewAddress(config, webAddress(config, port), port);
}

test('on loopback a preview is a name below localhost, at our own port', () => {
  const address = addressOf();
  expect(address.isReachedFrom('127.0.0.1:4321')).toBe(true);
  expect(address.originOf(LABEL)).toBe(`http://${LABEL}.localhost:4321`);
  expect(address.labelOf(`${LABEL}.localhost:4321`)).toBe(LABEL);
  expect(address.labelOf(`${LABEL.toUpperCase()}.LOCALHOST:4321`)).toBe(LABEL);
  expect(address.frameSource()).toBe('http://*.localhost:4321');
  expect(address.frameAncestors()).toBe('http://127.0.0.1:4321 http://localhost:4321');
});

test.each([
  'localhost:4321',
  '127.0.0.1:4321',
  `${LABEL}.localhost`,
  `${LABEL}.localhost:4322`,
  `${LABEL}.localhost:4321.evil.example`,
  `${LABEL}.evil.example:4321`,
  `x.${LABEL}.localhost:4321`,
  `${LABEL}x.localhost:4321`,
  `p-${'_'.repeat(26)}.localhost:4321`,
  '',
  undefined,
])('%s is no preview', (host) => {
  expect(addressOf().labelOf(host)).toBeNull();
});

test('a page that was opened by another name than this machine’s own has no preview', () => {
  for (const page of ['192.168.1.5:4321', '[::1]:4321', 'lab.example', 'localhost.evil.example:4321'])
    expect(addressOf().isReachedFrom(page), page).toBe(false);
});

test('a public address needs the operator’s own wildcard', () => {
  const off = addressOf({ publicUrl: 'https://lab.example' });
  expect(off.isReachedFrom('lab.example')).toBe(false);
  expect(off.originOf(LABEL)).toBeNull();
  expect(off.labelOf(`${LABEL}.localhost:4321`)).toBeNull();
  expect(off.frameSource()).toBeNull();
  const on = addressOf({ publicUrl: 'https://lab.example', previewUrl: 'https://*.preview.example' });
  expect(on.labelOf(`${LABEL}.preview.example`)).toBe(LABEL);
  expect(on.originOf(LABEL)).toBe(`https://${LABEL}.preview.example`);
  expect(on.frameAncestors()).toBe('https://lab.example');
});

const READABLE = { ROLLOUT_LAB_PUBLIC_URL: 'https://lab.example' };

test.each([
  ['https://preview.example', 'must look like'],
  ['https://*.preview.example/path', 'must look like'],
  ['https://*', 'must look like'],
  ['http://*.preview.example', 'must begin with https:'],
  ['https://*.lab.example', 'must not lie below'],
  ['https://*.apps.lab.example', 'must not lie below'],
])('the setting %s is refused', (value, why) => {
  const read = () => readConfig({ ...READABLE, ROLLOUT_LAB_PREVIEW_URL: value });
  expect(read).toThrow(ConfigError);
  expect(read).toThrow(why);
});

test('a neighbour of the site’s host will do', () => {
  const { previewUrl } = readConfig({
    ...READABLE,
    ROLLOUT_LAB_PREVIEW_URL: 'https://*.preview.example:443',
  });
  expect(previewUrl).toBe('https://*.preview.example');
});
