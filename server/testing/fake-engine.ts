import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { join } from 'node:path';
import type { LabNodeRef } from '../ports.ts';

export type FakeAnswer = (request: IncomingMessage, response: ServerResponse) => void;

export const json =
  (body: unknown, status = 200): FakeAnswer =>
  (_request, response) => {
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  };

const hangs: FakeAnswer = () => {};

/** An engine that says what the test wants, by the path without version and query. */
export class FakeEngine implements AsyncDisposable {
  readonly node: LabNodeRef;
  readonly calls: string[] = [];
  answers: Record<string, FakeAnswer>;
  readonly #server: Server;

  private constructor(node: LabNodeRef, answers: Record<string, FakeAnswer>) {
    this.node = node;
    this.answers = answers;
    this.#server = createServer((request, response) => {
      const path = (request.url ?? '').replace(/^\/v1\.\d+/, '').replace(/\?.*/, '');
      this.calls.push(path);
      const answer = this.answers[path];
      if (answer) answer(request, response);
      else response.writeHead(404).end();
    });
  }

  /** A manager of cluster `clusterId` that answers everything. */
  static async manager(folder: string, name: string, clusterId: string): Promise<FakeEngine> {
    const node = {
      environmentId: 'e',
      name,
      containerId: name,
      engineSocket: join(folder, `${name}.sock`),
      terminalFolder: null,
    };
    const Swarm = {
      LocalNodeState: 'active',
      ControlAvailable: true,
      NodeID: `id-${name}`,
      Cluster: { ID: clusterId },
    };
    const engine = new FakeEngine(node, {
      '/_ping': (_request, response) => void response.writeHead(200, { swarm: 'active/manager' }).end('OK'),
      '/info': json({ Swarm }),
      '/services': json([]),
      '/tasks': json([]),
      '/nodes': json([{ ID: `id-${name}`, Description: { Hostname: name }, Status: { State: 'ready' } }]),
      '/networks': json([]),
      '/containers/json': json([
        { Id: `c-${name}`, State: 'running', Labels: { 'com.docker.swarm.task.id': `t-${name}` } },
      ]),
    });
    await new Promise<void>((resolve) => engine.#server.listen(node.engineSocket, resolve));
    return engine;
  }

  /** As a manager that has lost its quorum does: what needs the cluster never comes. */
  loseQuorum(answer: FakeAnswer = hangs): void {
    for (const path of ['/info', '/services', '/tasks', '/nodes', '/networks']) this.answers[path] = answer;
  }

  freeze(): void {
    for (const path of Object.keys(this.answers)) this.answers[path] = hangs;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}
