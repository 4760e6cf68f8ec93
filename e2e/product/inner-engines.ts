import { access } from 'node:fs/promises';
import { request } from 'node:http';
import { join } from 'node:path';
import { containersOf } from './leftovers.ts';
import type { ProductServer } from './product-server.ts';

const NODE_LABEL = 'rollout-lab.node';
const ANSWER_WITHIN_MS = 3_000;

/** The engines inside a learner's lab, asked directly: what the product shows is compared with what they say. */
export class InnerEngines {
  readonly #sockets: ReadonlyMap<string, string>;

  private constructor(sockets: ReadonlyMap<string, string>) {
    this.#sockets = sockets;
  }

  /** Those of the lab in which this terminal's shell runs: others may be kept warm beside it. */
  static async ofTerminal(product: ProductServer, terminalId: string): Promise<InnerEngines> {
    const nodes = (await containersOf(await product.owner())).map(({ Labels, Mounts }) => ({
      name: Labels[NODE_LABEL] ?? '',
      lab: Labels['rollout-lab.environment'],
      share: Mounts.find(({ Destination }) => Destination === '/lab/share')?.Source ?? '',
    }));
    for (const { lab, share } of nodes) {
      const isIt = await access(join(share, 'terminals', `${terminalId}.sock`)).then(
        () => true,
        () => false,
      );
      if (!isIt) continue;
      const own = nodes.filter((node) => node.lab === lab);
      return new InnerEngines(new Map(own.map((node) => [node.name, join(node.share, 'engine.sock')])));
    }
    throw new Error(`no lab has the socket of terminal ${terminalId}`);
  }

  get nodes(): readonly string[] {
    return [...this.#sockets.keys()];
  }

  /** @throws when the engine does not answer in time, or answers that it can't tell */
  get<T>(node: string, path: string): Promise<T> {
    const { promise, resolve, reject } = Promise.withResolvers<T>();
    const socketPath = this.#sockets.get(node);
    const signal = AbortSignal.timeout(ANSWER_WITHIN_MS);
    const call = request({ socketPath, path: `/v1.44${path}`, signal }, async (response) => {
      try {
        let body = '';
        for await (const chunk of response.setEncoding('utf8')) body += String(chunk);
        if (response.statusCode !== 200) throw new Error(`${path}: HTTP ${response.statusCode}: ${body}`);
        resolve(JSON.parse(body) as T);
      } catch (failure) {
        reject(failure);
      }
    });
    call.once('error', reject);
    call.end();
    return promise;
  }
}
