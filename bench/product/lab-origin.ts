import type { OpenedLab } from './lab-run.ts';
import type { ProductServer } from './product-server.ts';

/** `warm`: a lab that had booted before the click. */
export type LabOrigin = 'warm' | 'cold';

/** Ids of the labs that are there when nothing boots or vanishes any more. */
export async function quietLabs(server: ProductServer, count: number): Promise<ReadonlySet<string>> {
  return new Set((await server.whenQuiet(count)).map(({ id }) => id));
}

export async function closeLeftLabs({ learner }: ProductServer): Promise<void> {
  for (const session of await learner.labs()) await learner.closeLab(session.id);
}

/** A figure called warm must come from a lab that was there before the click, a cold one must not. */
export async function expectOrigin(
  server: ProductServer,
  { terminal }: OpenedLab,
  before: ReadonlySet<string>,
  kind: LabOrigin,
): Promise<void> {
  const { id } = await server.environmentOf(terminal.terminalId);
  if (before.has(id) !== (kind === 'warm')) throw new Error(`the lab of this run was not a ${kind} one`);
}
