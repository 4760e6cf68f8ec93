import { duplexPair } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { LabDefinition } from '#contract/definitions.ts';
import { Broker } from '../broker/broker.ts';
import { BrokerClient } from '../broker/broker-client.ts';
import { BrokeredLabHost } from '../broker/brokered-lab-host.ts';
import { BrokeredLabShell } from '../broker/brokered-lab-shell.ts';
import { MessageChannel } from '../broker/message-channel.ts';
import { brokerVerbs } from '../broker/verbs.ts';
import type { LabNodeRef, LabShell } from '../ports.ts';
import { FakeLabHost } from './fake-lab-host.ts';
import { FakeShell } from './fake-shell.ts';

const definition = LabDefinition.parse({
  format: 1,
  id: 'numbers',
  title: { ko: '무작위 숫자', en: 'Numbers' },
  nodes: [{ name: 'node1' }, { name: 'node2' }],
  swarm: 'none',
  files: 'files',
  limits: { memoryMiB: 1024, cpus: 2, pids: 2000, diskMiB: 2048 },
  exercises: ['14.1-deploy'],
});

/** Says which containers are reached. */
class RecordingShell extends FakeShell implements LabShell {
  readonly reached: string[] = [];

  async start(node: LabNodeRef): Promise<void> {
    this.reached.push(node.containerId);
  }
  async stop(node: LabNodeRef): Promise<void> {
    this.reached.push(node.containerId);
  }
  async list(node: LabNodeRef): Promise<string[]> {
    this.reached.push(node.containerId);
    return [];
  }
  attachCommand(): { file: string; args: readonly string[] } {
    return { file: 'dtach', args: [] };
  }
}

/** A broker in front of a host that exists only as a map, and the web's end of the channel. */
export function brokerFixture() {
  const [ours, web] = duplexPair();
  const host = new FakeLabHost();
  const shell = new RecordingShell();
  const brokerEnds: (string | null)[] = [];
  const logged: object[] = [];
  const keep = (data: object): void => void logged.push(data);
  const labs = new Map([['numbers', { definition, filesFolder: '/srv/labs/numbers/files' }]]);
  new Broker({
    stream: ours,
    verbs: brokerVerbs({ host, shell, labs, maxEnvironments: 3 }),
    log: { debug: keep, info: keep, warn: keep, error: keep },
    onEnd: (failure) => brokerEnds.push(failure?.message ?? null),
  });
  const seen = { isGone: false };
  return {
    ...{ host, shell, web, definition, brokerEnds, logged, seen },
    /** As the web process talks. */
    connect() {
      const onGone = (): void => {
        seen.isGone = true;
      };
      const client = new BrokerClient({ stream: web, onStop: () => {}, onGone });
      return { labs: new BrokeredLabHost(client), shells: new BrokeredLabShell(client, 'unix:///nowhere') };
    },
    /** Says what our own code never would. @returns what came back within a moment */
    async say(...messages: unknown[]): Promise<unknown[]> {
      const answers: unknown[] = [];
      const channel = new MessageChannel(web, {
        maxMessageBytes: 1_000_000,
        maxPendingBytes: 100_000_000,
        onMessage: (message) => answers.push(message),
        onEnd: () => {},
      });
      for (const message of messages) channel.send(message as object);
      await sleep(50);
      return answers;
    },
  };
}
