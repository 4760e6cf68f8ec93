import { LabSessionView } from '#contract/api.ts';

/** Reads server-sent events until a `session` event says that the lab is ready. @throws when it failed or closed */
export async function readyFromEvents(
  body: AsyncIterable<Uint8Array>,
  atLeastGeneration: number,
): Promise<void> {
  const decoder = new TextDecoder();
  let unread = '';
  for await (const chunk of body) {
    unread += decoder.decode(chunk, { stream: true });
    const events = unread.split('\n\n');
    unread = events.pop() ?? '';
    for (const event of events) if (isReady(event, atLeastGeneration)) return;
  }
  throw new Error('the event stream ended before the lab was ready');
}

function isReady(event: string, atLeastGeneration: number): boolean {
  const lines = event.split('\n');
  if (!lines.includes('event: session')) return false;
  const data = lines.filter((line) => line.startsWith('data: ')).map((line) => line.slice(6));
  const { session } = JSON.parse(data.join('\n')) as { session: unknown };
  const { status, generation } = LabSessionView.parse(session);
  if (status.state === 'failed') throw new Error(`the lab failed: ${status.code}`);
  if (status.state === 'closed') throw new Error('the lab was closed');
  return status.state === 'ready' && generation >= atLeastGeneration;
}
