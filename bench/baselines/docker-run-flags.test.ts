import { expect, test } from 'vitest';
import { dockerRunFlags } from './docker-run-flags.ts';

test('limits, capabilities, mounts and network become flags, the image comes last', () => {
  const flags = dockerRunFlags({
    name: 'node',
    Image: 'rollout-lab/node:dev',
    Env: ['A=1'],
    Labels: { owner: 'me' },
    HostConfig: {
      CapDrop: ['ALL'],
      CapAdd: ['SYS_ADMIN'],
      SecurityOpt: ['no-new-privileges'],
      Tmpfs: { '/run': 'rw,size=64m' },
      Mounts: [
        { Type: 'volume', Source: 'named', Target: '/var/lib/docker' },
        { Type: 'bind', Source: '/srv/share', Target: '/lab/share' },
      ],
      Memory: 1073741824,
      NanoCpus: 2e9,
      CpuShares: 512,
      PidsLimit: 2000,
      LogConfig: { Type: 'json-file', Config: { 'max-size': '1m' } },
    },
    NetworkingConfig: { EndpointsConfig: { net: { IPAMConfig: { IPv4Address: '10.0.0.2' } } } },
  });
  expect(flags.at(-1)).toBe('rollout-lab/node:dev');
  const line = flags.join(' ');
  expect(line).toContain('--cap-drop ALL --cap-add SYS_ADMIN --security-opt no-new-privileges');
  expect(line).toContain('--mount type=volume,target=/var/lib/docker');
  expect(line).toContain('--mount type=bind,source=/srv/share,target=/lab/share');
  expect(line).toContain('--memory 1073741824 --cpus 2 --cpu-shares 512 --pids-limit 2000');
  expect(line).toContain('--network net --ip 10.0.0.2');
});

test('a program in the place of the image’s own stands before it, its arguments after', () => {
  const flags = dockerRunFlags({ Image: 'x', Entrypoint: ['bash', '-c', 'true'] });
  expect(flags).toEqual(['--entrypoint', 'bash', 'x', '-c', 'true']);
});

test('a setting without a known flag is refused', () => {
  expect(() => dockerRunFlags({ Image: 'x', HostConfig: { Privileged: true } })).toThrow('Privileged');
  expect(() => dockerRunFlags({ Image: 'x', User: 'root' })).toThrow('User');
});
