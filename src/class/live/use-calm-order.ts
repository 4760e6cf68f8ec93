import type { RefObject } from 'preact';
import { useRef } from 'preact/hooks';
import { inOrder, type LearnerOrder, type Standing } from './shown-learners.ts';

/** Rows change places no more often, so that one can read them. */
const REORDER_EVERY_MS = 8_000;

interface Wish {
  readonly order: LearnerOrder;
  readonly language: string;
  readonly filter: string;
  readonly search: string;
}

/**
 * The learners in order; the order is made anew at a calm pace, and not while somebody points at the rows or has the
 * focus in them. Another wish is met at once.
 */
export function useCalmOrder(
  standings: readonly Standing[],
  wish: Wish,
  body: RefObject<HTMLElement | null>,
): readonly Standing[] {
  const made = useRef<{ ids: readonly string[]; wish: string; atMs: number } | null>(null);
  const words = JSON.stringify(wish);
  const isBusy =
    body.current !== null &&
    (body.current.matches(':hover') || body.current.contains(document.activeElement));
  const isOld = made.current === null || Date.now() - made.current.atMs >= REORDER_EVERY_MS;
  if (made.current === null || made.current.wish !== words || (isOld && !isBusy)) {
    const ids = inOrder(standings, wish.order, wish.language).map(({ learner }) => learner.id);
    made.current = { ids, wish: words, atMs: Date.now() };
  }
  return keepingOrder(standings, made.current.ids);
}

/** Those who are new come last until the order is made anew. */
export function keepingOrder(standings: readonly Standing[], ids: readonly string[]): readonly Standing[] {
  const byId = new Map(standings.map((standing) => [standing.learner.id as string, standing]));
  const known = ids.flatMap((id) => byId.get(id) ?? []);
  const isKnown = new Set(ids);
  return [...known, ...standings.filter(({ learner }) => !isKnown.has(learner.id))];
}
