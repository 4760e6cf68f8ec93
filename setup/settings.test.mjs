import { expect, test } from 'vitest';
import { readSettings } from './settings.mjs';

test('has defaults for everything', () => {
  expect(readSettings({})).toMatchObject({
    host: '127.0.0.1',
    port: 4321,
    engineMode: 'auto',
    engineDataDir: '/var/lib/rollout-lab',
    engineFlags: [],
  });
});

test.each([
  [{ ROLLOUT_LAB_PORT: '80x' }, /ROLLOUT_LAB_PORT/],
  [{ ROLLOUT_LAB_PORT: '70000' }, /ROLLOUT_LAB_PORT/],
  [{ ROLLOUT_LAB_ENGINE_MODE: 'own' }, /ROLLOUT_LAB_ENGINE_MODE/],
  [{ ROLLOUT_LAB_DATA: '/' }, /ROLLOUT_LAB_DATA/],
  [{ ROLLOUT_LAB_DATA: `/srv/${'long/'.repeat(20)}` }, /ROLLOUT_LAB_DATA/],
])('%o is refused by name', (env, message) => expect(() => readSettings(env)).toThrow(message));
