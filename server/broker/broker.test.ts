import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { LabError } from '../domain/lab-error.ts';
import { brokerFixture } from '../testing/broker-fixture.ts';

const OWN = 'ownownown1';

let broker: ReturnType<typeof brokerFixture>;
beforeEach(() => {
  broker = brokerFixture();
});
afterEach(() => {
  broker.web.destroy();
});

const soon = (): AbortSignal => AbortSignal.timeout(2_000);

test('a lab is created, listed and removed by way of messages', async () => {
  const { labs } = broker.connect();
  const steps: string[] = [];
  const request = {
    id: OWN,
    definition: broker.definition,
    filesFolder: '/etc',
    onStep: (step: string) => steps.push(step),
  };
  const environment = await labs.create(request, soon());
  expect(environment.nodes.map(({ environmentId, name }) => [environmentId, name])).toEqual([
    [OWN, 'node1'],
    [OWN, 'node2'],
  ]);
  expect(steps).toEqual(['creating', 'booting']);
  expect(await labs.list(soon())).toEqual([environment]);
  await labs.switchNode(environment, 'node2', 'off', soon());
  expect(broker.host.environments.get(OWN)?.stoppedNodes).toEqual(['node2']);
  expect((await labs.usage(environment, soon())).map(({ name }) => name)).toEqual(['node1', 'node2']);
  await labs.remove(OWN, soon());
  expect(await labs.list(soon())).toEqual([]);
});

test('failures keep code and values, and leave their stack behind', async () => {
  const { labs } = broker.connect();
  broker.host.failCreateWith = new LabError('LAB_DISK_LOW', 'full', { params: { freeMiB: 1, neededMiB: 2 } });
  const failure = await labs
    .create({ id: OWN, definition: broker.definition, filesFolder: '' }, soon())
    .catch((error) => error);
  expect(failure).toBeInstanceOf(LabError);
  expect(failure).toMatchObject({
    code: 'LAB_DISK_LOW',
    message: 'full',
    params: { freeMiB: 1, neededMiB: 2 },
  });
  broker.host.list = async () => {
    throw new TypeError('a bug');
  };
  const bug = await labs.list(soon()).catch((error) => error);
  expect(bug).not.toBeInstanceOf(LabError);
  expect(bug.message).toBe('a bug');
});

test('a cancelled call ends the work and rejects with the reason', async () => {
  const { labs } = broker.connect();
  let aborted = false;
  broker.host.removeExpired = (async (signal: AbortSignal) => {
    await new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
    return 0;
  }) as typeof broker.host.removeExpired;
  const controller = new AbortController();
  const call = labs.removeExpired(controller.signal);
  call.catch(() => (aborted = true));
  await sleep(20);
  controller.abort(new Error('changed my mind'));
  await expect(call).rejects.toThrow('changed my mind');
  expect(aborted).toBe(true);
});

test('a broker that is gone fails every call, also those to come', async () => {
  const { labs } = broker.connect();
  broker.host.capacity = () => new Promise(() => {});
  const call = labs.capacity(soon());
  call.catch(() => {});
  broker.web.destroy();
  await expect(call).rejects.toMatchObject({ code: 'ENGINE_UNREACHABLE' });
  await expect(labs.list(soon())).rejects.toMatchObject({ code: 'ENGINE_UNREACHABLE' });
  expect(broker.seen.isGone).toBe(true);
});

test('output comes while it is made', async () => {
  const { labs, shells } = broker.connect();
  const environment = await labs.create({ id: OWN, definition: broker.definition, filesFolder: '' }, soon());
  broker.shell.run = async (_node, { onOutput }) => {
    onOutput?.(Buffer.from([0xff, 0x00, 0x0a]));
    return { exitCode: 3, output: 'kept' };
  };
  const chunks: Buffer[] = [];
  const request = { script: 'ls', maxOutputBytes: 10, onOutput: (chunk: Buffer) => chunks.push(chunk) };
  const [node] = environment.nodes;
  expect(await shells.run(node!, request, soon())).toEqual({ exitCode: 3, output: 'kept' });
  expect(chunks).toEqual([Buffer.from([0xff, 0x00, 0x0a])]);
});
