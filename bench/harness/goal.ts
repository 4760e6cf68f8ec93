/** What a figure is meant to be: one of its numbers, with a bound. */
export interface Goal {
  readonly of: 'median' | 'p95' | 'ratio';
  readonly atMost?: number;
  readonly atLeast?: number;
}

export interface JudgedGoal extends Goal {
  readonly isMet: boolean;
}

type Seen = Readonly<Record<Goal['of'], number | null>>;

/** Goals whose number could not be measured are left out: they are neither met nor missed. */
export function judge(goals: readonly Goal[], seen: Seen): JudgedGoal[] {
  return goals.flatMap((goal) => {
    const value = seen[goal.of];
    if (value === null) return [];
    const { atMost = Number.POSITIVE_INFINITY, atLeast = Number.NEGATIVE_INFINITY } = goal;
    return [{ ...goal, isMet: value <= atMost && value >= atLeast }];
  });
}

/** `p95 ≤ 250` */
export function goalText({ of, atMost, atLeast }: Goal): string {
  return [
    of,
    ...(atMost === undefined ? [] : [`≤ ${atMost}`]),
    ...(atLeast === undefined ? [] : [`≥ ${atLeast}`]),
  ].join(' ');
}
