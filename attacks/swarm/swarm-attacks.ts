import { randomBytes } from 'node:crypto';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Attack, broken, held, type Outcome } from '../attack.ts';
import { uidBaseOf } from '../facts/facts-attacks.ts';
import type { Ground } from '../ground/ground.ts';
import { type AttackLab, quoted, TOOLS_IMAGE } from '../ground/lab.ts';

/** What a task with the node's whole file system tells of it. */
const LOOK_AROUND = (markerPath: string): string =>
  [
    'echo map $(cat /proc/self/uid_map)',
    `echo marker $(cat /host${markerPath} 2>/dev/null || echo none)`,
    'echo node $(ls /host/opt/rollout-lab/bin 2>/dev/null | tr "\\n" " ")',
    'echo shadow $(if (: >>/host/etc/shadow) 2>/dev/null; then echo REACHED; else echo refused; fi)',
    'echo core $(if (: >>/proc/sys/kernel/core_pattern) 2>/dev/null; then echo REACHED; else echo refused; fi)',
    'echo end',
  ].join('; ');

/** A file of the host with a secret in it, while `use` runs. */
async function withMarker<T>(ground: Ground, use: (path: string, secret: string) => Promise<T>): Promise<T> {
  const path = join(ground.config.dataDir, `attack-marker-${process.pid}`);
  const secret = randomBytes(12).toString('hex');
  await mkdir(ground.config.dataDir, { recursive: true });
  await writeFile(path, secret);
  try {
    return await use(path, secret);
  } finally {
    await rm(path, { force: true });
  }
}

async function judge(lab: AttackLab, output: string, secret: string): Promise<Outcome> {
  const map = `map 0 ${await uidBaseOf(lab)} 65536`;
  const observed = output.replace(secret, 'THE SECRET').replace(/\s+/g, ' ').slice(-400);
  if (!output.includes('end')) return broken(`the task did not speak: ${observed}`);
  if (output.includes(secret) || output.includes('REACHED')) return broken(observed);
  if (!output.includes(map) || !output.includes('lab-init')) return broken(observed);
  return held('the task ran, in the lab’s own ids, and saw the node’s files instead of the host’s');
}

async function formSwarm(lab: AttackLab): Promise<void> {
  const { output } = await lab.learner(
    'docker info -f "{{.Swarm.LocalNodeState}}" | grep -q "^active" || docker swarm init',
  );
  if (/error/i.test(output)) throw new Error(`no swarm: ${output}`);
}

/** The task's own words: it writes them to the node's disk, where its bind leads. */
async function logOf(lab: AttackLab, service: string): Promise<string> {
  const script = `for i in $(seq 60); do out=$(docker service logs --raw ${service} 2>&1); case $out in *end*) break;; esac; sleep .5; done; echo "$out"; docker service ps --no-trunc --format '{{.CurrentState}} {{.Error}}' ${service} | head -1`;
  return (await lab.learner(script)).output;
}

async function bindRootByService(ground: Ground): Promise<Outcome> {
  const lab = await ground.attacker();
  await lab.inContainer('', 'true');
  await formSwarm(lab);
  return withMarker(ground, async (marker, secret) => {
    const made = await lab.learner(
      `docker service create -d --name evil --restart-condition none --cap-add ALL --mount type=bind,src=/,dst=/host --no-resolve-image ${TOOLS_IMAGE} bash -c ${quoted(LOOK_AROUND(marker))}`,
    );
    if (made.exitCode !== 0) throw new Error(made.output);
    const output = await logOf(lab, 'evil');
    await lab.learner('docker service rm evil');
    return judge(lab, output, secret);
  });
}

async function bindRootByRun(ground: Ground): Promise<Outcome> {
  const lab = await ground.attacker();
  return withMarker(ground, async (marker, secret) => {
    const { output } = await lab.inWorstContainer(
      LOOK_AROUND(marker),
      '-v /:/host --pid host --network host --userns host',
    );
    return judge(lab, output, secret);
  });
}

async function privileged(ground: Ground): Promise<Outcome> {
  const lab = await ground.attacker();
  return withMarker(ground, async (marker, secret) => {
    const { exitCode, output } = await lab.inContainer('--privileged -v /:/host', LOOK_AROUND(marker));
    if (exitCode === 0) return judge(lab, output, secret);
    return held('the lab’s engine could not start it');
  });
}

async function becomeLabRoot(ground: Ground): Promise<Outcome> {
  const lab = await ground.attacker();
  const { output } = await lab.inWorstContainer(
    `nsenter -t 1 -m -n -p -i -u -C bash -c 'id -u; cat /proc/self/uid_map; (: >>/etc/passwd) 2>&1; (: >>/proc/sys/kernel/core_pattern) 2>&1; hostname; echo end'`,
    '--pid host --network host --userns host',
  );
  const denied = output.match(/Permission denied/g)?.length ?? 0;
  const isMapped = output.replace(/\s+/g, ' ').includes(`0 ${await uidBaseOf(lab)} 65536`);
  return isMapped && denied === 2
    ? held('root of the lab, and nothing more')
    : broken(output.replace(/\s+/g, ' '));
}

export const SWARM_ATTACKS: readonly Attack[] = [
  {
    id: 'swarm/service-binds-root',
    tried: 'docker service create with all capabilities and a bind of /',
    from: 'learner',
    must: 'sees the node’s files only, as ids of the lab, and can change none',
    run: bindRootByService,
  },
  {
    id: 'swarm/run-binds-root',
    tried: 'docker run -v /:/host, all capabilities, no seccomp, namespaces of the “host”',
    from: 'container with all capabilities',
    must: 'sees the node’s files only, as ids of the lab, and can change none',
    run: bindRootByRun,
  },
  {
    id: 'swarm/privileged',
    tried: 'docker run --privileged -v /:/host',
    from: 'learner',
    must: 'refused, or nothing more than the lab’s own',
    run: privileged,
  },
  {
    id: 'swarm/nsenter-init',
    tried: 'from a container with all rights into the namespaces of process 1',
    from: 'container with all capabilities',
    must: 'ends at root of the lab: mapped ids, files of the node closed',
    run: becomeLabRoot,
  },
];
