import type Docker from 'dockerode';
import { DISK_MOUNT } from '../../server/docker/node-container.ts';

/** What the init does when there is nothing to wall in: the engine straight in the container, and its images. */
const START = `
set -e
mount -o remount,rw /proc/sys
mkdir -p ${DISK_MOUNT}/docker /var/lib/docker
mount --bind ${DISK_MOUNT}/docker /var/lib/docker
export GOGC=50
containerd &
until [[ -S /run/containerd/containerd.sock ]]; do sleep 0.004; done
dockerd -H unix:///var/run/docker.sock &
until curl -sf --unix-socket /var/run/docker.sock http://engine/_ping >/dev/null; do sleep 0.025; done
curl -sf --unix-socket /var/run/docker.sock -X POST -H 'content-type: application/x-tar' --data-binary @/opt/rollout-lab/images.tar 'http://engine/images/load?quiet=1' >/dev/null
touch /lab/share/ready
wait`;

/**
 * The same node without what keeps it in: no user namespace, no seccomp, all capabilities. Not `--privileged`, which
 * would also hand over the devices, and which not every machine allows.
 */
export function withoutWall(options: Docker.ContainerCreateOptions): Docker.ContainerCreateOptions {
  return {
    ...options,
    Entrypoint: ['bash', '-c', START],
    HostConfig: {
      ...options.HostConfig,
      CapAdd: ['ALL'],
      CapDrop: ['SYS_RESOURCE'],
      SecurityOpt: ['seccomp=unconfined', 'apparmor=unconfined'],
    },
  };
}
