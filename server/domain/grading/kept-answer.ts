import type { Seen } from '#contract/check.ts';
import type { LocalizedText } from '#contract/language.ts';
import type { Outcome } from './outcome.ts';

/** A right answer with the reason that was given for it: the swarm of that moment is gone after a restart. */
export interface KeptAnswer {
  readonly answer: string;
  readonly messageId: string | null;
  readonly message: LocalizedText | null;
  readonly seen: Seen | null;
  readonly provenAtMs: number | null;
}

export function keptAnswer(answer: string, outcome: Outcome): KeptAnswer {
  const { messageId, message, seen, provenAtMs } = outcome;
  return { answer, messageId, message, seen, provenAtMs };
}

/** What is shown for it again. An answer kept by an earlier version is the bare text, without a reason. */
export function outcomeOf(checkId: string, kept: KeptAnswer | string): Outcome {
  const { messageId, message, seen, provenAtMs } = typeof kept === 'string' ? BARE : kept;
  return { id: checkId, verdict: 'passed', messageId, message, seen, provenAtMs, waitsFor: null };
}

const BARE = { messageId: null, message: null, seen: null, provenAtMs: null };
