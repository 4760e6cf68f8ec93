import type { Log } from './log.ts';

export type AuditEventName =
  | 'sign-in'
  | 'sign-out'
  | 'instructor-sign-in'
  | 'instructor-link'
  | 'cohort-create'
  | 'cohort-change'
  | 'cohort-code'
  | 'cohort-delete'
  | 'instructor-invite'
  | 'instructor-uninvite'
  | 'instructor-remove'
  | 'learner-join'
  | 'learner-return'
  | 'learner-add'
  | 'learner-rename'
  | 'learner-merge'
  | 'learner-remove'
  | 'learner-export'
  | 'learner-delete'
  | 'return-code'
  | 'roster-export'
  | 'hand-take'
  | 'hand-release'
  | 'hand-done'
  | 'message-send'
  | 'message-withdraw'
  | 'unlock'
  | 'care-reset'
  | 'care-prepare'
  | 'care-pause'
  | 'care-resume'
  | 'care-close'
  | 'care-extend'
  | 'care-cancel'
  | 'warm-up'
  | 'warm-up-cancel'
  | 'instructor-passphrase'
  | 'grades-export'
  | 'api-token-create'
  | 'api-token-revoke'
  | 'webhook-set'
  | 'webhook-remove'
  | 'webhook-test'
  | 'webhook-enable'
  | 'lab-start'
  | 'lab-reset'
  | 'lab-prepare'
  | 'lab-close'
  | 'node-power'
  | 'terminal-open'
  | 'terminal-close'
  | 'preview-open'
  | 'watch'
  | 'watch-end'
  | 'keyboard'
  | 'keyboard-end'
  | 'show'
  | 'show-end'
  /** Anything that was turned away: the detail says why. */
  | 'refused';

export interface AuditEvent {
  readonly event: AuditEventName;
  readonly outcome: 'done' | 'refused' | 'failed';
  /** Who: id of a learner or an instructor. */
  readonly actor: string | null;
  /** On what: an id, or several joined by `/`. */
  readonly target: string | null;
  readonly address: string | null;
  /** An error code, how it was asked for, or by which key. Never what was typed, shown or answered. */
  readonly detail: string | null;
}

export interface AuditStore {
  /** @returns the row's number */
  add(event: AuditEvent, atMs: number): number;
  /** The same again, so many times. */
  repeat(row: number, times: number, lastAtMs: number): void;
}

const WINDOW_MS = 60_000;
/** Rows that one kind of event of one actor may take in a window; refusals of one kind share one. */
const ROWS = { done: 10, failed: 10, refused: 1 };
/** Kinds in a window; what comes beyond is counted together, whoever it was. */
const MAX_KINDS = 200;
const FLUSH_EVERY_MS = 1_000;

interface Kind {
  rows: number;
  row: number;
  unwritten: number;
  lastAtMs: number;
  writtenAtMs: number;
}

/** Writes down who did what. A flood can't fill it: what repeats within a minute is counted, not listed. */
export class AuditTrail {
  readonly #store: AuditStore;
  readonly #nowMs: () => number;
  readonly #log: Log;
  #kinds = new Map<string, Kind>();
  #windowEndsAtMs = 0;

  constructor(parts: { readonly store: AuditStore; readonly nowMs: () => number; readonly log: Log }) {
    this.#store = parts.store;
    this.#nowMs = parts.nowMs;
    this.#log = parts.log;
  }

  /** Never throws: what a learner does must not fail because it can't be written down. */
  record(event: AuditEvent): void {
    try {
      this.#record(event, this.#nowMs());
    } catch (err) {
      this.#log.error({ err }, 'audit event lost');
    }
  }

  /** Writes the counts that wait. */
  flush(): void {
    for (const kind of this.#kinds.values()) this.#write(kind);
  }

  #record(event: AuditEvent, nowMs: number): void {
    if (nowMs >= this.#windowEndsAtMs) {
      this.flush();
      this.#kinds = new Map();
      this.#windowEndsAtMs = nowMs + WINDOW_MS;
    }
    const { known, told } = this.#kindOf(event);
    if (known.rows < ROWS[event.outcome]) {
      this.#write(known);
      known.row = this.#store.add(told, nowMs);
      known.rows += 1;
      known.writtenAtMs = nowMs;
    } else {
      known.unwritten += 1;
      known.lastAtMs = nowMs;
      if (nowMs - known.writtenAtMs >= FLUSH_EVERY_MS) this.#write(known);
    }
  }

  #kindOf(event: AuditEvent): { known: Kind; told: AuditEvent } {
    const { event: name, outcome, actor, address, detail } = event;
    const key = JSON.stringify([name, outcome, actor, address, detail]);
    const known = this.#kinds.get(key);
    if (known) return { known, told: event };
    if (this.#kinds.size < MAX_KINDS) return { known: this.#begin(key), told: event };
    const shared = JSON.stringify([name, outcome]);
    const told = { ...event, actor: null, target: null, address: null, detail: 'many' };
    return { known: this.#kinds.get(shared) ?? this.#begin(shared), told };
  }

  #begin(key: string): Kind {
    const kind = { rows: 0, row: 0, unwritten: 0, lastAtMs: 0, writtenAtMs: 0 };
    this.#kinds.set(key, kind);
    return kind;
  }

  #write(kind: Kind): void {
    if (kind.unwritten === 0) return;
    this.#store.repeat(kind.row, kind.unwritten, kind.lastAtMs);
    kind.unwritten = 0;
    kind.writtenAtMs = kind.lastAtMs;
  }
}
