import path from 'node:path';
import { expect, test } from 'vitest';
import { PATHS } from '../settings.mjs';
import { installEnv } from './install-env.mjs';

test('npm ci runs without the Node that it removes and without the outer npm’s settings', () => {
  const env = installEnv({
    PATH: [PATHS.binaries, '/usr/bin', '/bin'].join(path.delimiter),
    npm_config_omit: 'dev',
    npm_lifecycle_event: 'start',
    npm_node_execpath: '/usr/bin/node',
    npm_config_registry: 'https://registry.example',
    HOME: '/home/u',
  });
  expect(env).toMatchObject({
    PATH: '/usr/bin:/bin',
    npm_config_registry: 'https://registry.example',
    HOME: '/home/u',
  });
  expect(Object.keys(env).filter((name) => /omit|lifecycle|execpath/.test(name))).toEqual([]);
});

test('a folder of headers that the user named stays', () => {
  const env = installEnv({ PATH: '/usr/bin', npm_config_nodedir: '/opt/headers' });
  expect(env.npm_config_nodedir).toBe('/opt/headers');
});
