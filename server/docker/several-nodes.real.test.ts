import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { isSetUp, runningIds, SeveralNodesLab, soon } from '../testing/several-nodes-lab.ts';

let labs: SeveralNodesLab;
beforeAll(async () => {
  labs = await SeveralNodesLab.prepare();
});
afterEach(() => labs.clear(), 40_000);
afterAll(() => labs.end());

describe.runIf(isSetUp)('labs of several nodes on a real engine', { timeout: 180_000 }, () => {
  test('three managers: ssh, a pause that keeps all tasks, quorum lost and found', async () => {
    const managers = ['node1', 'node2', 'node3'];
    const lab = await labs.start(3, { managers, workers: [] });
    const formed = await labs.until(lab, ({ swarms }) => swarms[0]?.nodes.length === 3);
    expect(formed.swarms[0]?.nodes.map(({ hostname }) => hostname).sort()).toEqual(managers);

    expect(await labs.type(lab, 'ssh node2 "id -un; hostname; docker node ls -q | wc -l"')).toMatch(
      /learner\s+node2\s+3\s/,
    );

    await labs.type(
      lab,
      'docker service create -d --replicas 6 --no-resolve-image --name api numbers-api:v1',
    );
    const before = runningIds(await labs.until(lab, (snapshot) => runningIds(snapshot).length === 6));
    await labs.host.pause(lab, [], soon());
    await sleep(20_000); // longer than a leader waits for a node's heartbeat
    await labs.host.resume(lab, [], soon());
    await sleep(2_000);
    expect(runningIds(await labs.until(lab, ({ swarms }) => swarms.length === 1))).toEqual(before);
    expect(
      await labs.type(lab, 'docker info -f "{{.Swarm.Cluster.Spec.Dispatcher.HeartbeatPeriod}}"'),
    ).toMatch(/^5s/);

    await Promise.all(['node2', 'node3'].map((node) => labs.host.switchNode(lab, node, 'off', soon())));
    await labs.host.switchNode(lab, 'node3', 'off', soon());
    expect(await labs.host.list(soon())).toMatchObject([
      { state: 'stopped', stoppedNodes: ['node2', 'node3'] },
    ]);
    const lost = await labs.until(lab, ({ labNodes }) => labNodes[0]?.controlError !== null);
    expect(lost).toMatchObject({ swarms: [], labNodes: [{ answers: true, containers: [{}, {}] }, {}, {}] });

    await labs.host.switchNode(lab, 'node2', 'on', soon());
    await labs.until(lab, (snapshot) => {
      const ready = snapshot.swarms[0]?.nodes.filter(({ state }) => state === 'ready') ?? [];
      return ready.length >= 2 && runningIds(snapshot).length === 6;
    });
    await labs.host.restart(lab, [], soon());
    expect(await labs.host.list(soon())).toMatchObject([{ state: 'running', stoppedNodes: [] }]);
  });

  test('independent swarms side by side, and a node that is in none', async () => {
    const lab = await labs.start(3, [
      { managers: ['node1'], workers: [] },
      { managers: ['node2'], workers: [] },
    ]);
    const { swarms, labNodes } = await labs.observer.snapshot(lab.nodes, soon());
    expect(swarms.map(({ askedNode, nodes }) => [askedNode, nodes.length])).toEqual([
      ['node1', 1],
      ['node2', 1],
    ]);
    expect(labNodes[2]).toMatchObject({ answers: true, swarmState: 'inactive' });
  });

  test('a start that fails leaves nothing', async () => {
    await expect(labs.start(2, { managers: ['node1'], workers: ['node2', 'node3'] })).rejects.toMatchObject({
      code: 'LAB_START_FAILED',
    });
    expect(await labs.host.list(soon())).toEqual([]);
  });
});
