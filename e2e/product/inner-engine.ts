import { readdir } from 'node:fs/promises';
import { request } from 'node:http';
import { join } from 'node:path';
import { shareRootOf } from '../../server/docker/share-root.ts';
import type { ProductServer } from './product-server.ts';

const DEADLINE_MS = 5_000;

export interface EngineService {
  readonly ID: string;
  readonly Spec: { readonly Name: string };
  readonly UpdateStatus?: {
    readonly State?: string;
    readonly StartedAt?: string;
    readonly CompletedAt?: string;
  };
}

export interface EngineTask {
  readonly ID: string;
  readonly Slot?: number;
  readonly DesiredState: string;
  readonly Status: { readonly State: string };
  readonly Spec: { readonly ContainerSpec: { readonly Image: string } };
}

/** The engine within the lab, asked by its own API and not through the server. */
export class InnerEngine {
  readonly #product: ProductServer;

  constructor(product: ProductServer) {
    this.#product = product;
  }

  async service(name: string): Promise<EngineService> {
    const services = await this.#get<EngineService[]>('/services');
    const found = services.find(({ Spec }) => Spec.Name === name);
    if (found === undefined) throw new Error(`no service ${name}`);
    return found;
  }

  tasks(serviceId: string): Promise<EngineTask[]> {
    return this.#get(`/tasks?filters=${encodeURIComponent(JSON.stringify({ service: [serviceId] }))}`);
  }

  /** Of the only running node: after a reset the folder of the lab before may be there for a moment. */
  async #get<T>(path: string): Promise<T> {
    const root = shareRootOf(this.#product.dataDir);
    let failure: unknown = new Error(`no lab below ${root}`);
    for (const environment of await readdir(root)) {
      try {
        return await get<T>(join(root, environment, 'node1/engine.sock'), path);
      } catch (cause) {
        failure = cause;
      }
    }
    throw failure;
  }
}

function get<T>(socketPath: string, path: string): Promise<T> {
  return new Promise((resolve, reject) => {
    const call = request({ socketPath, path, signal: AbortSignal.timeout(DEADLINE_MS) }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (chunk: string) => {
        text += chunk;
      });
      response.once('error', reject).once('end', () => {
        if (response.statusCode === 200) resolve(JSON.parse(text) as T);
        else reject(new Error(`${path}: ${response.statusCode} ${text.slice(0, 200)}`));
      });
    });
    call.once('error', reject);
    call.end();
  });
}
