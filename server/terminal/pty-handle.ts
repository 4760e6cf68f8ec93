import type { IPty } from 'node-pty';

/** What node-pty 1.1.0 has on Linux beside its typed interface. */
interface UnixPty {
  readonly fd: number;
  _boundClose: boolean;
  readonly _socket: {
    readonly destroyed: boolean;
    readonly _handle: { readStop(): void; readStart(): void } | null;
  };
  on(event: 'close', listener: () => void): void;
}

/**
 * A pty that can be held back and ends without loss. node-pty's own `pause` reads on into a buffer which it drops
 * when the program ends, and 200 ms after the program's end it closes the pty, read or not. Here holding back
 * stops the reading itself, so the kernel keeps the rest, and the end comes after the last byte.
 */
export class PtyHandle {
  readonly #pty: UnixPty;
  #isHeld = false;

  /** @throws Error when the installed node-pty is not built as this expects. */
  constructor(pty: IPty) {
    const unix = pty as unknown as UnixPty;
    const { fd, _boundClose, _socket } = unix;
    if (!Number.isInteger(fd) || _boundClose !== false || typeof _socket._handle?.readStop !== 'function') {
      throw new Error(
        'node-pty has changed inside: check server/terminal/pty-handle.ts against this version',
      );
    }
    this.#pty = unix;
    // Makes node-pty believe that its closing timer runs already.
    unix._boundClose = true;
  }

  /** File descriptor of the master side (non-blocking), or `null` once closed. */
  get fd(): number | null {
    return this.#pty._socket.destroyed ? null : this.#pty.fd;
  }

  onClose(listener: () => void): void {
    this.#pty.on('close', listener);
  }

  /** Node starts reading again by itself after a chunk that filled its buffer: call with every chunk. */
  keepHold(): void {
    if (this.#isHeld) this.#pty._socket._handle?.readStop();
  }

  hold(isHeld: boolean): void {
    if (isHeld === this.#isHeld) return;
    this.#isHeld = isHeld;
    const handle = this.#pty._socket._handle;
    if (isHeld) handle?.readStop();
    else handle?.readStart();
  }
}
