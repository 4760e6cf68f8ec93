import type { Duplex } from 'node:stream';

export interface MessageChannelOptions {
  /** A longer message ends the channel. */
  readonly maxMessageBytes: number;
  /** So much may wait for an other side that does not read. */
  readonly maxPendingBytes: number;
  readonly onMessage: (message: unknown) => void;
  /** Once, and last. `null`: the other side has closed. */
  readonly onEnd: (failure: Error | null) => void;
}

const LENGTH_BYTES = 4;

/**
 * JSON messages over a stream, each behind its length. Not Node's own channel between processes: that one collects
 * a line of any length, and takes handles and commands of its own.
 */
export class MessageChannel {
  readonly #stream: Duplex;
  readonly #options: MessageChannelOptions;
  #chunks: Buffer[] = [];
  #receivedBytes = 0;
  #hasEnded = false;

  constructor(stream: Duplex, options: MessageChannelOptions) {
    this.#stream = stream;
    this.#options = options;
    stream.on('data', (chunk: Buffer) => this.#take(chunk));
    stream.on('error', (failure) => this.#end(failure));
    stream.once('close', () => this.#end(null));
    stream.once('end', () => this.#end(null));
  }

  /** Does nothing once the channel has ended. */
  send(message: object): void {
    if (this.#hasEnded) return;
    const body = Buffer.from(JSON.stringify(message));
    if (this.#stream.writableLength + body.length > this.#options.maxPendingBytes) {
      this.#end(new Error('the other side does not read its messages'));
      return;
    }
    const length = Buffer.alloc(LENGTH_BYTES);
    length.writeUInt32BE(body.length);
    this.#stream.write(Buffer.concat([length, body]));
  }

  close(): void {
    this.#end(null);
  }

  #take(chunk: Buffer): void {
    if (this.#hasEnded) return;
    this.#chunks.push(chunk);
    this.#receivedBytes += chunk.length;
    while (!this.#hasEnded && this.#receivedBytes >= LENGTH_BYTES) {
      const head = this.#joined();
      const length = head.readUInt32BE();
      if (length > this.#options.maxMessageBytes) {
        this.#end(new Error(`a message of ${length} bytes is too long`));
        return;
      }
      if (this.#receivedBytes < LENGTH_BYTES + length) return;
      const body = head.subarray(LENGTH_BYTES, LENGTH_BYTES + length);
      const rest = head.subarray(LENGTH_BYTES + length);
      this.#chunks = rest.length === 0 ? [] : [rest];
      this.#receivedBytes = rest.length;
      this.#deliver(body);
    }
  }

  /** Copies only when the length or a whole message needs it, so that one in many chunks costs one copy. */
  #joined(): Buffer {
    const [first] = this.#chunks;
    if (first === undefined) return Buffer.alloc(0);
    if (this.#chunks.length === 1) return first;
    if (first.length >= LENGTH_BYTES && this.#receivedBytes < LENGTH_BYTES + first.readUInt32BE()) {
      return first;
    }
    const whole = Buffer.concat(this.#chunks);
    this.#chunks = [whole];
    return whole;
  }

  #deliver(body: Buffer): void {
    let message: unknown;
    try {
      message = JSON.parse(body.toString('utf8'));
    } catch {
      this.#end(new Error('a message is no JSON'));
      return;
    }
    this.#options.onMessage(message);
  }

  #end(failure: Error | null): void {
    if (this.#hasEnded) return;
    this.#hasEnded = true;
    this.#chunks = [];
    this.#stream.destroy();
    this.#options.onEnd(failure);
  }
}
