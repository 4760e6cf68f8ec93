import type { LabSessionId } from '#contract/ids.ts';
import type { LabNodeRef } from '../ports.ts';
import type { LabSession } from './lab-session.ts';
import type { LoginConnections } from './login-connections.ts';

/** Five nodes with four ports each. The longest unused gives way to a further one. */
const PER_LAB = 20;
const IDLE_MS = 60 * 60_000;
/** Of 36 letters: 134 bits. */
const LABEL_CHARS = 26;

export interface PreviewTarget {
  /** The login session that asked: its end is the preview's. */
  readonly loginId: string;
  readonly session: LabSession;
  readonly node: LabNodeRef;
  readonly port: number;
}

/** The right to one TCP port of one node, for whoever knows the label. Never logged. */
export class Preview {
  readonly label: string;
  readonly target: PreviewTarget;
  readonly #connections = new Set<() => void>();
  #usedAtMs: number;

  constructor(label: string, target: PreviewTarget, nowMs: number) {
    this.label = label;
    this.target = target;
    this.#usedAtMs = nowMs;
  }

  get usedAtMs(): number {
    return this.#usedAtMs;
  }

  use(nowMs: number): void {
    this.#usedAtMs = nowMs;
  }

  isIdle(nowMs: number): boolean {
    return this.#connections.size === 0 && nowMs - this.#usedAtMs > IDLE_MS;
  }

  /** @param close called when the preview ends. @returns to be called when the connection ends by itself */
  hold(close: () => void): () => void {
    this.#connections.add(close);
    return () => this.#connections.delete(close);
  }

  end(): void {
    for (const close of this.#connections) close();
    this.#connections.clear();
  }
}

export interface PreviewsOptions {
  readonly loginConnections: LoginConnections;
  readonly newId: (length: number) => string;
  readonly nowMs: () => number;
}

interface Kept {
  readonly preview: Preview;
  readonly letGo: () => void;
}

/**
 * The previews of all labs. Each ends with the login session that asked, with the lab's environment (reset, close),
 * after an hour without use, and for one too many of the same lab.
 */
export class Previews {
  readonly #options: PreviewsOptions;
  readonly #kept = new Map<string, Kept>();

  constructor(options: PreviewsOptions) {
    this.#options = options;
  }

  /** The same for the same target, while it lives: what the application has stored in the browser stays with it. */
  open(target: PreviewTarget): { readonly preview: Preview; readonly isNew: boolean } {
    const nowMs = this.#options.nowMs();
    this.#sweep(nowMs);
    const ofLab = this.#ofLab(target.session.id);
    const known = ofLab.find(({ target: other }) => isSame(other, target));
    if (known !== undefined) {
      known.use(nowMs);
      return { preview: known, isNew: false };
    }
    const longestUnused = ofLab.sort((one, other) => one.usedAtMs - other.usedAtMs)[0];
    if (ofLab.length >= PER_LAB && longestUnused !== undefined) this.#end(longestUnused.label);
    const preview = new Preview(`p-${this.#options.newId(LABEL_CHARS)}`, target, nowMs);
    const letGo = this.#options.loginConnections.hold(target.loginId, () => this.#end(preview.label));
    this.#kept.set(preview.label, { preview, letGo });
    return { preview, isNew: true };
  }

  /** `null`: never given, or over. Asking is using. */
  find(label: string): Preview | null {
    const nowMs = this.#options.nowMs();
    this.#sweep(nowMs);
    const preview = this.#kept.get(label)?.preview ?? null;
    preview?.use(nowMs);
    return preview;
  }

  /** Its environment goes. */
  closeLab(labSessionId: LabSessionId): void {
    for (const { label } of this.#ofLab(labSessionId)) this.#end(label);
  }

  #ofLab(labSessionId: LabSessionId): Preview[] {
    return [...this.#kept.values()]
      .map(({ preview }) => preview)
      .filter(({ target }) => target.session.id === labSessionId);
  }

  #sweep(nowMs: number): void {
    for (const { preview } of this.#kept.values()) if (preview.isIdle(nowMs)) this.#end(preview.label);
  }

  #end(label: string): void {
    const kept = this.#kept.get(label);
    this.#kept.delete(label);
    kept?.letGo();
    kept?.preview.end();
  }
}

function isSame(one: PreviewTarget, other: PreviewTarget): boolean {
  return (
    one.loginId === other.loginId &&
    one.session === other.session &&
    one.node.containerId === other.node.containerId &&
    one.port === other.port
  );
}
