import type { Shortage } from '#contract/api.ts';

/** What the pane says while a lab waits for room, and why a lab was paused or closed. */
export interface QueueTexts {
  readonly title: string;
  readonly positionLabel: string;
  readonly position: (position: number, waiting: number) => string;
  readonly expectedLabel: string;
  /** `span` of milliseconds. */
  readonly expected: (span: string) => string;
  readonly unknown: string;
  readonly elapsedLabel: string;
  /** `open`: labs that have a place. */
  readonly lacks: Readonly<Record<Shortage, (open: number) => string>>;
  /** When a place comes free where no time can be told. */
  readonly comesFree: (idleSpan: string) => string;
  readonly stay: string;
  readonly leave: string;
  readonly leaveOther: (lab: string) => string;
  readonly announce: (position: number) => string;
  /** A length of time in words, rounded. */
  readonly span: (ms: number) => string;
  readonly reasons: {
    readonly idlePaused: (span: string) => string;
    readonly idleClosed: (span: string) => string;
    readonly instructorPaused: (name: string) => string;
    readonly instructorClosed: (name: string) => string;
    readonly instructorReason: (reason: string) => string;
    readonly room: (lab: string) => string;
    readonly leftQueue: (span: string) => string;
    readonly serverStopped: string;
    readonly lost: string;
  };
}
