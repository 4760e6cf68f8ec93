import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { containersOf, engine } from './leftovers.ts';
import type { ProductServer } from './product-server.ts';

/** Runs `hostile-app.pl` on a node of the only lab of this server, as its learner, until the node goes. */
export async function startHostileApp(server: ProductServer, node: string, port: number): Promise<void> {
  const containers = await containersOf(await server.owner());
  const container = containers.find(({ State, Names }) => State === 'running' && Names[0]?.endsWith(node));
  if (container === undefined)
    throw new Error(`no ${node} runs: ${containers.flatMap(({ Names }) => Names)}`);
  const script = await readFile(join(import.meta.dirname, 'hostile-app.pl'), 'utf8');
  const exec = await engine()
    .getContainer(container.Id)
    .exec({ Cmd: ['lab-enter', 'perl', '-e', script, '--', String(port)], User: '0' });
  await exec.start({ Detach: true });
}
