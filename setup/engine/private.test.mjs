import { expect, test } from 'vitest';
import { daemonArguments } from './private.mjs';
import { privateEnginePaths } from './private-paths.mjs';

const paths = privateEnginePaths('/var/lib/rollout-lab');

test('the private engine keeps to its own folder', () => {
  const args = daemonArguments(paths, { sharesFirewall: false, flags: [] });
  for (const option of ['--data-root', '--exec-root', '--pidfile', '--config-file']) {
    expect(args[args.indexOf(option) + 1]).toMatch(/^\/var\/lib\/rollout-lab\//);
  }
  expect(args).not.toContain('--iptables=false');
});

test('it leaves the firewall to an engine that was there before, and the last word to the user', () => {
  const args = daemonArguments(paths, { sharesFirewall: true, flags: ['--debug'] });
  expect(args).toContain('--iptables=false');
  expect(args.at(-1)).toBe('--debug');
});
