import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { listCandidates } from './candidates.mjs';

/** @type {string} */
let homeDir;
beforeEach(() => {
  homeDir = mkdtempSync(path.join(os.tmpdir(), 'home-'));
});
afterEach(() => rmSync(homeDir, { recursive: true }));

/** @param {NodeJS.ProcessEnv} env @param {string} [engineUrl] */
const urls = (env, engineUrl) => listCandidates({ env, engineUrl, homeDir }).map(({ url }) => url);

test('what the user named is the only candidate', () => {
  const env = { DOCKER_HOST: 'tcp://10.0.0.1:2375' };
  expect(urls(env)).toEqual(['tcp://10.0.0.1:2375']);
  expect(urls(env, 'unix:///run/mine.sock')).toEqual(['unix:///run/mine.sock']);
});

test('the current docker context comes before the usual socket', () => {
  const id = createHash('sha256').update('desktop-linux').digest('hex');
  const meta = path.join(homeDir, '.docker', 'contexts', 'meta', id);
  mkdirSync(meta, { recursive: true });
  writeFileSync(path.join(homeDir, '.docker', 'config.json'), '{"currentContext":"desktop-linux"}');
  writeFileSync(path.join(meta, 'meta.json'), '{"Endpoints":{"docker":{"Host":"unix:///home/u/d.sock"}}}');
  expect(urls({})).toEqual(['unix:///home/u/d.sock', 'unix:///var/run/docker.sock']);
  expect(urls({ DOCKER_CONTEXT: 'default' })).toEqual(['unix:///var/run/docker.sock']);
});
