import { LabSessionView } from '#contract/api.ts';
import { type LabEventText, labEvents } from './lab-events.ts';

/** Reads server-sent events until a `session` event says that the lab is ready. @throws when it failed or closed */
export async function readyFromEvents(
  body: AsyncIterable<Uint8Array>,
  atLeastGeneration: number,
): Promise<void> {
  for await (const event of labEvents(body)) if (isReady(event, atLeastGeneration)) return;
  throw new Error('the event stream ended before the lab was ready');
}

function isReady({ type, data }: LabEventText, atLeastGeneration: number): boolean {
  if (type !== 'session') return false;
  const { session } = JSON.parse(data) as { session: unknown };
  const { status, generation } = LabSessionView.parse(session);
  if (status.state === 'failed') throw new Error(`the lab failed: ${status.code}`);
  if (status.state === 'closed') throw new Error('the lab was closed');
  return status.state === 'ready' && generation >= atLeastGeneration;
}
