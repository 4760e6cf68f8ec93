/** One server-sent event of a lab session. */
export interface LabEventText {
  readonly type: string;
  /** JSON. */
  readonly data: string;
}

/** Splits an event stream; comments are left out. Ends with the stream. */
export async function* labEvents(body: AsyncIterable<Uint8Array>): AsyncGenerator<LabEventText> {
  const decoder = new TextDecoder();
  let unread = '';
  for await (const chunk of body) {
    unread += decoder.decode(chunk, { stream: true });
    const events = unread.split('\n\n');
    unread = events.pop() ?? '';
    for (const event of events) {
      const lines = event.split('\n');
      const of = (field: string): string[] =>
        lines.filter((line) => line.startsWith(field)).map((line) => line.slice(field.length));
      const [type] = of('event: ');
      if (type !== undefined) yield { type, data: of('data: ').join('\n') };
    }
  }
}
