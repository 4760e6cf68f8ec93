import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { LabSnapshot } from '#contract/swarm-snapshot.ts';
import type { LabEnvironment } from '../ports.ts';
import { isSetUp, SeveralNodesLab, soon } from '../testing/several-nodes-lab.ts';

let labs: SeveralNodesLab;
beforeAll(async () => {
  labs = await SeveralNodesLab.prepare();
});
afterEach(() => labs.clear(), 40_000);
afterAll(() => labs.end());

const MANAGERS = ['node1', 'node2', 'node3'];
const REACHES_NODE3 = 'timeout 3 ssh -n -o ConnectTimeout=2 node3 hostname || echo silent';

const stateOf = ({ swarms }: LabSnapshot, node: string): string | undefined =>
  swarms[0]?.nodes.find(({ hostname }) => hostname === node)?.state;
const leaderOf = ({ swarms }: LabSnapshot): string | undefined =>
  swarms[0]?.nodes.find(({ leader }) => leader)?.hostname;
const reachable = ({ swarms }: LabSnapshot): number =>
  swarms[0]?.nodes.filter(({ reachability }) => reachability === 'reachable').length ?? 0;

async function formed(): Promise<LabEnvironment> {
  const lab = await labs.start(3, { managers: MANAGERS, workers: [] });
  await labs.until(lab, (snapshot) => reachable(snapshot) === 3);
  return lab;
}

describe.runIf(isSetUp)('what is done to nodes on a real engine', { timeout: 240_000 }, () => {
  test('a frozen node is down to its swarm, and stays frozen for another run of the server', async () => {
    const lab = await formed();
    await labs.host.switchNode(lab, 'node3', 'frozen', soon());
    await labs.host.switchNode(lab, 'node3', 'frozen', soon());
    await labs.until(lab, (snapshot) => stateOf(snapshot, 'node3') === 'down');
    expect(await labs.type(lab, REACHES_NODE3)).toMatch(/silent/);

    // The lab as a whole is put to rest and woken around it.
    await labs.host.pause(lab, ['node3'], soon());
    labs.host = labs.newHost();
    expect(await labs.host.list(soon())).toMatchObject([{ frozenNodes: MANAGERS, stoppedNodes: [] }]);
    await labs.host.resume(lab, ['node3'], soon());
    expect(await labs.host.list(soon())).toMatchObject([{ frozenNodes: ['node3'], state: 'paused' }]);

    await labs.host.switchNode(lab, 'node3', 'on', soon());
    await labs.until(lab, (snapshot) => stateOf(snapshot, 'node3') === 'ready' && reachable(snapshot) === 3);
    await labs.host.switchNode(lab, 'node3', 'frozen', soon());
    await labs.host.switchNode(lab, 'node3', 'off', soon());
    expect(await labs.host.list(soon())).toMatchObject([{ frozenNodes: [], stoppedNodes: ['node3'] }]);
  });

  test('no frame passes an unplugged leader; plugged in again it rejoins, and the overlay flows', async () => {
    const lab = await formed();
    await labs.type(
      lab,
      'docker network create -d overlay --attachable mesh; ' +
        'docker service create -d -q --name far --network mesh --endpoint-mode dnsrr ' +
        '--no-resolve-image --constraint node.hostname==node3 numbers-api:v1',
    );
    const before = await labs.until(lab, ({ swarms }) =>
      (swarms[0]?.tasks ?? []).some(({ state }) => state === 'running'),
    );
    const leader = leaderOf(before);
    if (leader === undefined) throw new Error('no leader');
    const [other] = MANAGERS.filter((node) => node !== leader);
    const isolated = new Set([leader]);

    await labs.host.switchNode(lab, leader, 'unplugged', soon());
    await labs.host.switchNode(lab, leader, 'unplugged', soon());
    await labs.until(
      lab,
      (snapshot) => leaderOf(snapshot) !== leader && stateOf(snapshot, leader) === 'down',
      isolated,
    );
    const out = `for node in ${MANAGERS.filter((node) => node !== leader).join(' ')}; do
      timeout 2 bash -c ": </dev/tcp/$node/22022" && echo passed; done; ip -br link show eth0; docker info -f '{{.Name}}'`;
    const inside = await labs.type(lab, out, leader);
    expect(inside).not.toMatch(/passed/);
    expect(inside).toMatch(/NO-CARRIER/);
    // Its own engine and its terminals are reached by sockets.
    expect(inside).toContain(leader);
    const fromOther = `timeout 2 bash -c ": </dev/tcp/${leader}/22022" && echo passed; true`;
    expect(await labs.type(lab, fromOther, other)).not.toMatch(/passed/);

    await labs.host.switchNode(lab, leader, 'on', soon());
    await labs.until(lab, (snapshot) => reachable(snapshot) === 3 && stateOf(snapshot, leader) === 'ready');
    const overlay =
      'docker run -d -q --network mesh -e RngApi__Url=http://far/rng -p 8099:80 numbers-web:v1 >/dev/null; ' +
      'for try in $(seq 20); do curl -fsm 3 localhost:8099 && break; sleep 1; done; echo "exit $?"';
    expect(await labs.type(lab, overlay, leader)).toMatch(/exit 0/);
  });
});
