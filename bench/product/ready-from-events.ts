import { LabSessionView } from '#contract/api.ts';
import { type LabEventText, labEvents } from './lab-events.ts';

/** A step that a lab took on its way, and when it began by the server's clock. Epoch milliseconds. */
export interface StepSeen {
  readonly step: string;
  readonly sinceMs: number;
}

/**
 * Reads server-sent events until a `session` event says that the lab is ready.
 * @returns the steps that were told, `ready` last
 * @throws when it failed or closed
 */
export async function readyFromEvents(
  body: AsyncIterable<Uint8Array>,
  atLeastGeneration: number,
): Promise<readonly StepSeen[]> {
  const steps: StepSeen[] = [];
  for await (const event of labEvents(body)) {
    const view = sessionOf(event);
    if (view === null || view.generation < atLeastGeneration) continue;
    const { status } = view;
    const step = 'step' in status ? status.step : status.state;
    if (steps.at(-1)?.step !== step) steps.push({ step, sinceMs: status.sinceMs });
    if (status.state === 'ready') return steps;
  }
  throw new Error('the event stream ended before the lab was ready');
}

function sessionOf({ type, data }: LabEventText): LabSessionView | null {
  if (type !== 'session') return null;
  const view = LabSessionView.parse((JSON.parse(data) as { session: unknown }).session);
  if (view.status.state === 'failed') throw new Error(`the lab failed: ${view.status.code}`);
  if (view.status.state === 'closed') throw new Error('the lab was closed');
  return view;
}
