import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/**
 * SIGKILL waits while a container is frozen (docker pause), so a frozen one is thawed first.
 * @param {number} pid
 */
export function killEvenIfFrozen(pid) {
  for (const { file, value } of freezerFiles(pid)) {
    try {
      if (existsSync(file)) writeFileSync(file, value);
    } catch {
      // its cgroup went away
    }
  }
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // gone already
  }
}

/** @param {number} pid */
function freezerFiles(pid) {
  try {
    return freezerFilesFor(readFileSync(`/proc/${pid}/cgroup`, 'utf8'));
  } catch {
    return [];
  }
}

/**
 * @param {string} cgroups text of /proc/PID/cgroup
 * @returns {{ file: string, value: string }[]} what to write where so that the process's container runs again
 */
export function freezerFilesFor(cgroups) {
  return cgroups.split('\n').flatMap((line) => {
    const [, controllers, ...rest] = line.split(':');
    // Docker freezes the container's own group; a lab node makes groups of its own below it.
    const container = /^(.*?\/(?:docker-)?[0-9a-f]{64}(?:\.scope)?)(?:\/|$)/.exec(rest.join(':'))?.[1];
    if (!container) return [];
    if (controllers === 'freezer') {
      return [{ file: path.join('/sys/fs/cgroup/freezer', container, 'freezer.state'), value: 'THAWED' }];
    }
    return controllers === ''
      ? [{ file: path.join('/sys/fs/cgroup', container, 'cgroup.freeze'), value: '0' }]
      : [];
  });
}
