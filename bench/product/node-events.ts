import type { Readable } from 'node:stream';
import type Docker from 'dockerode';

const NANO_PER_MS = 1e6;

/** The node events of a lab's engine, heard by a listener of our own. */
export class NodeEvents implements AsyncDisposable {
  readonly #stream: Readable;
  readonly #timesMs: number[] = [];

  private constructor(stream: Readable) {
    this.#stream = stream;
    let rest = '';
    stream.setEncoding('utf8').on('data', (chunk: string) => {
      const lines = (rest + chunk).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) {
        const { timeNano } = JSON.parse(line) as { readonly timeNano: number };
        this.#timesMs.push(timeNano / NANO_PER_MS);
      }
    });
    stream.on('error', () => {});
  }

  static async follow(engine: Docker, signal: AbortSignal): Promise<NodeEvents> {
    const filters = JSON.stringify({ type: ['node'], event: ['update'] });
    const stream: unknown = await engine.getEvents({ filters });
    signal.addEventListener('abort', () => (stream as Readable).destroy(), { once: true });
    return new NodeEvents(stream as Readable);
  }

  /** When the engine says that the first event after a moment happened. Epoch milliseconds. @throws without one */
  firstSince(atMs: number): number {
    const found = this.#timesMs.find((timeMs) => timeMs >= atMs);
    if (found === undefined) throw new Error('the engine told no event');
    return found;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#stream.destroy();
  }
}
