/** What somebody who has taken over the web process could say to the broker. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { brokerFixture } from '../testing/broker-fixture.ts';
import { MAX_SCRIPT_BYTES } from './messages.ts';

const OWN = 'ownownown1';
const FOREIGN = 'foreign123';
const TERMINAL = 'taaaaaaaaaaa';

let broker: ReturnType<typeof brokerFixture>;
beforeEach(() => {
  broker = brokerFixture();
});
afterEach(() => {
  broker.web.destroy();
});

const soon = (): AbortSignal => AbortSignal.timeout(2_000);
const refused = (answer: unknown): string | undefined =>
  (answer as { failure?: { code: string } }).failure?.code;

test.each([
  ['an unknown verb', { id: 1, verb: 'exec', container: 'x', command: ['sh'] }],
  ['no verb', { id: 1 }],
  ['a verb of the object prototype', { id: 1, verb: 'constructor' }],
  ['more than a verb takes', { id: 1, verb: 'list', all: true }],
  ['an image', { id: 1, verb: 'create', environment: OWN, lab: 'numbers', image: 'evil' }],
  ['a definition', { id: 1, verb: 'create', environment: OWN, lab: 'numbers', definition: {} }],
  ['a files folder', { id: 1, verb: 'create', environment: OWN, lab: 'numbers', filesFolder: '/root' }],
  ['a path as lab', { id: 1, verb: 'create', environment: OWN, lab: '../../etc' }],
  ['a path as environment', { id: 1, verb: 'remove', environment: '../../..' }],
  ['an empty environment', { id: 1, verb: 'remove', environment: '' }],
  ['a label trick', { id: 1, verb: 'remove', environment: 'a=b,c=d,ee' }],
  ['a line end', { id: 1, verb: 'remove', environment: `${OWN}\n` }],
  ['a forged container', { id: 1, verb: 'listTerminals', environment: OWN, node: 'node1', containerId: 'x' }],
  ['a condition that is none', { id: 1, verb: 'switchNode', environment: OWN, node: 'node1', to: 'removed' }],
  [
    'a command for a condition',
    { id: 1, verb: 'switchNode', environment: OWN, node: 'node1', to: 'on', command: ['ip', 'link'] },
  ],
  [
    'a container for a node',
    { id: 1, verb: 'switchNode', environment: OWN, node: 'rl-foreign123-node1', to: 'off' },
  ],
  [
    'a path as terminal',
    { id: 1, verb: 'stopTerminal', environment: OWN, node: 'node1', terminal: '../ready' },
  ],
  [
    'an option as terminal',
    { id: 1, verb: 'startTerminal', environment: OWN, node: 'node1', terminal: '--help', cols: 80, rows: 24 },
  ],
  [
    'a size that is none',
    {
      id: 1,
      verb: 'startTerminal',
      environment: OWN,
      node: 'node1',
      terminal: TERMINAL,
      cols: 1e9,
      rows: 24,
    },
  ],
  [
    'a long script',
    {
      ...{ id: 1, verb: 'runScript', environment: OWN, node: 'node1', maxOutputBytes: 1, streams: false },
      script: '가'.repeat(MAX_SCRIPT_BYTES / 3 + 1),
    },
  ],
  [
    'endless output',
    {
      id: 1,
      verb: 'runScript',
      environment: OWN,
      node: 'node1',
      script: '',
      maxOutputBytes: 1e12,
      streams: false,
    },
  ],
  ['a user', { id: 1, verb: 'runScript', environment: OWN, node: 'node1', script: '', user: '0' }],
])('%s is refused', async (_what, message) => {
  await broker.host.create({ id: OWN, definition: broker.definition, filesFolder: '' });
  const before = structuredClone([...broker.host.environments]);
  expect((await broker.say(message)).map(refused)).toEqual(['REQUEST_INVALID']);
  expect([...broker.host.environments]).toEqual(before);
  expect(broker.shell.reached).toEqual([]);
  expect(broker.brokerEnds).toEqual([]);
});

test.each([
  [null],
  [7],
  ['list'],
  [[]],
  [{ verb: 'list' }],
  [{ id: '1', verb: 'list' }],
  [{ id: 0, verb: 'list' }],
])('a message without a usable id (%j) is not answered with anything that is of use', async (message) => {
  const answers = await broker.say(message);
  expect(answers.every((answer) => refused(answer) === 'REQUEST_INVALID')).toBe(true);
  expect(broker.logged).toHaveLength(1);
});

test.each([
  ['restart', { except: [] }, 'LAB_NODE_UNREACHABLE'],
  ['pause', { except: [] }, 'LAB_NODE_UNREACHABLE'],
  ['resume', { except: [] }, 'LAB_NODE_UNREACHABLE'],
  ['switchNode', { node: 'node1', to: 'unplugged' }, 'LAB_NODE_UNREACHABLE'],
  ['startTerminal', { node: 'node1', terminal: TERMINAL, cols: 80, rows: 24 }, 'LAB_NODE_UNREACHABLE'],
  ['stopTerminal', { node: 'node1', terminal: TERMINAL }, 'LAB_NODE_UNREACHABLE'],
  ['listTerminals', { node: 'node1' }, 'LAB_NODE_UNREACHABLE'],
  ['runScript', { node: 'node1', script: 'id', maxOutputBytes: 9, streams: false }, 'LAB_NODE_UNREACHABLE'],
])("%s does not reach another server's environment", async (verb, rest, code) => {
  const calls: string[] = [];
  for (const name of ['restart', 'pause', 'resume', 'switchNode'] as const) {
    broker.host[name] = async () => void calls.push(name);
  }
  expect((await broker.say({ id: 1, verb, environment: FOREIGN, ...rest })).map(refused)).toEqual([code]);
  expect([...calls, ...broker.shell.reached]).toEqual([]);
});

test('a node is reached by its own container, whatever else is said, and only if it exists', async () => {
  await broker.host.create({ id: OWN, definition: broker.definition, filesFolder: '' });
  const start = { verb: 'startTerminal', environment: OWN, terminal: TERMINAL, cols: 80, rows: 24 };
  const answers = await broker.say({ ...start, id: 1, node: 'node2' }, { ...start, id: 2, node: 'node9' });
  expect(answers).toContainEqual({ id: 1, result: null });
  expect(answers.map(refused)).toContain('NODE_UNKNOWN');
  expect(broker.shell.reached).toEqual([`${OWN}-node2`]);
});

test('what a lab is comes from our own files', async () => {
  const asked: object[] = [];
  const create = broker.host.create.bind(broker.host);
  broker.host.create = async (request) => {
    asked.push({ lab: request.definition.id, files: request.filesFolder });
    return create(request);
  };
  const { labs } = broker.connect();
  const forged = { ...broker.definition, limits: { ...broker.definition.limits, memoryMiB: 16_384 } };
  await labs.create({ id: OWN, definition: forged, filesFolder: '/root/.ssh' }, soon());
  expect(asked).toEqual([{ lab: 'numbers', files: '/srv/labs/numbers/files' }]);
});

test('an environment is made once, and no more of them than the limit', async () => {
  const { labs } = broker.connect();
  const make = (id: string) => labs.create({ id, definition: broker.definition, filesFolder: '' }, soon());
  await make(OWN);
  await expect(make(OWN)).rejects.toThrow('exists already');
  expect(broker.host.environments.size).toBe(1);
  await Promise.all([make('second1234'), make('third12345')]);
  await expect(make('fourth1234')).rejects.toMatchObject({ code: 'LAB_CAPACITY_REACHED' });
  await labs.remove('second1234', soon());
  await make('fourth1234');
});

test('a host that is short of memory gets no lab, though the web process asks for one', async () => {
  broker.host.capacityNow = { ...broker.host.capacityNow, memoryAvailableBytes: 500 * 1024 ** 2 };
  const { labs } = broker.connect();
  const call = labs.create({ id: OWN, definition: broker.definition, filesFolder: '' }, soon());
  await expect(call).rejects.toMatchObject({ code: 'LAB_CAPACITY_REACHED' });
});

test('calls beyond the limit are refused, and so is the id of one that runs', async () => {
  broker.host.capacity = () => new Promise(() => {});
  const calls = Array.from({ length: 260 }, (_, index) => ({ id: index + 1, verb: 'capacity' }));
  const answers = await broker.say(...calls, { id: 1, verb: 'list' });
  expect(answers.map(refused)).toEqual(Array(4).fill('REQUEST_INVALID'));
});

test('a message beyond the limit ends the channel', async () => {
  await broker.say({ id: 1, verb: 'list', padding: 'x'.repeat(600_000) });
  expect(broker.brokerEnds).toEqual([expect.stringContaining('too long')]);
});
