import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { LabPage } from '../page/lab-page.ts';
import { containersOf, engine } from './leftovers.ts';
import type { ProductServer } from './product-server.ts';

/** Runs `hostile-app.pl` on a node of the learner's lab, as the learner, until the node goes. */
export async function startHostileApp(
  server: ProductServer,
  lab: LabPage,
  { node, port }: { readonly node: string; readonly port: number },
): Promise<void> {
  const session = await lab.session();
  // A lab that is kept warm has nodes of the same names.
  const ready = server.log
    .split('\n')
    .filter((line) => line.includes('"lab ready"'))
    .map((line) => JSON.parse(line) as { labSessionId: string; environmentId: string })
    .findLast(({ labSessionId }) => labSessionId === session?.id);
  const name = `/rl-${ready?.environmentId}-${node}`;
  const containers = await containersOf(await server.owner());
  const container = containers.find(({ Names }) => Names.includes(name));
  if (container === undefined) throw new Error(`there is no ${name}`);
  const script = await readFile(join(import.meta.dirname, 'hostile-app.pl'), 'utf8');
  const exec = await engine()
    .getContainer(container.Id)
    .exec({ Cmd: ['lab-enter', 'perl', '-e', script, '--', String(port)], User: '0' });
  await exec.start({ Detach: true });
}
