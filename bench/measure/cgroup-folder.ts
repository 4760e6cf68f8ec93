import { join } from 'node:path';

export const CGROUP_ROOT = '/sys/fs/cgroup';

/**
 * Folder of a container's cgroup below `CGROUP_ROOT`, from `/proc/PID/cgroup`. The process may have moved itself into
 * a cgroup further down: the container's own ends with its id (`docker/ID`, `docker-ID.scope`).
 */
export function cgroupFolder(
  membership: string,
  containerId: string,
  controller: 'memory' | 'cpuacct',
): string | null {
  for (const [, controllers, path = ''] of membership.matchAll(/^\d+:([^:]*):(.*)$/gm)) {
    const isOfController = controllers?.split(',').includes(controller);
    const segments = path.split('/');
    const own = segments.findIndex((segment) => segment.includes(containerId));
    if (own < 0 || (!isOfController && controllers !== '')) continue;
    return join(isOfController ? controller : '', ...segments.slice(0, own + 1));
  }
  return null;
}
