import { expect, test } from 'vitest';
import { freezerFilesFor } from './kill.mjs';
import { privateEnginePaths } from './private-paths.mjs';
import { engineProcesses } from './processes.mjs';

const paths = privateEnginePaths('/var/lib/rollout-lab');
const ID = 'a'.repeat(64);

/** @param {number} pid @param {string} command @param {string} [cgroups] */
const entry = (pid, command, cgroups = '0::/') => ({ pid, args: command.split(' '), cgroups });

test('knows its own engine by its folders, and nobody else’s', () => {
  const processes = [
    entry(10, '/usr/bin/dockerd --data-root /var/lib/rollout-lab/engine --pidfile x'),
    entry(11, 'containerd --config /var/lib/rollout-lab/run/exec/containerd/containerd.toml'),
    entry(
      12,
      `/usr/bin/containerd-shim-runc-v2 -id ${ID} -address /var/lib/rollout-lab/run/exec/containerd/containerd.sock`,
    ),
    entry(20, 'dockerd'),
    entry(21, 'dockerd --data-root /var/lib/rollout-lab/engine2'),
    entry(22, 'tail -f /var/lib/rollout-lab/run/exec/x'),
    entry(30, 'sleep 1', `5:memory:/docker/${ID}/lab\n0::/`),
    entry(31, 'sleep 1', `5:memory:/docker/${'b'.repeat(64)}\n0::/`),
  ];
  expect(engineProcesses(paths, { processes, containerIds: [ID] })).toEqual({
    daemon: 10,
    engine: [10, 11, 12],
    containers: [30],
  });
});

test('finds the freezer of a container on both cgroup versions, also from a group inside it', () => {
  expect(freezerFilesFor(`7:freezer:/docker/${ID}/lab/init\n1:name=systemd:/docker/${ID}\n`)).toEqual([
    { file: `/sys/fs/cgroup/freezer/docker/${ID}/freezer.state`, value: 'THAWED' },
  ]);
  expect(freezerFilesFor(`0::/system.slice/docker-${ID}.scope/init\n`)).toEqual([
    { file: `/sys/fs/cgroup/system.slice/docker-${ID}.scope/cgroup.freeze`, value: '0' },
  ]);
  expect(freezerFilesFor('0::/user.slice/session-1.scope\n')).toEqual([]);
});
