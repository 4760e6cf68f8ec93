export interface ServerSentEvent {
  readonly name: string;
  readonly data: string;
}

const MAX_BUFFER_CHARS = 1024 * 1024;

/** Reads `text/event-stream` (HTML standard, section 9.2.6) piece by piece, as the network cuts it. */
export class EventParser {
  #rest = '';
  #name = '';
  #data: string[] = [];

  /** @throws when one line or event grows beyond a megabyte. */
  feed(chunk: string): ServerSentEvent[] {
    const text = this.#rest + chunk;
    if (text.length > MAX_BUFFER_CHARS) throw new Error('event stream: line too long');
    const lines = text.split(/\r\n|\n|\r(?!$)/);
    this.#rest = lines.pop() ?? '';
    return lines.flatMap((line) => this.#line(line));
  }

  #line(line: string): ServerSentEvent[] {
    if (line === '') return this.#dispatch();
    const colon = line.indexOf(':');
    if (colon === 0) return [];
    const field = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? '' : line.slice(colon + 1).replace(/^ /, '');
    if (field === 'event') this.#name = value;
    if (field === 'data') this.#data.push(value);
    return [];
  }

  #dispatch(): ServerSentEvent[] {
    const event = { name: this.#name || 'message', data: this.#data.join('\n') };
    const hasData = this.#data.length > 0;
    this.#name = '';
    this.#data = [];
    return hasData ? [event] : [];
  }
}
