const STEPS_S = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1_800, 3_600];

/** Whole steps of time within the span, counted from `zeroMs`; no more than so many. */
export function ticks(
  { fromMs, toMs }: { readonly fromMs: number; readonly toMs: number },
  zeroMs: number,
  most: number,
): readonly { readonly atMs: number; readonly seconds: number }[] {
  const seconds = (toMs - fromMs) / 1_000;
  const step =
    STEPS_S.find((one) => seconds / one <= Math.max(1, most)) ??
    Math.ceil(seconds / Math.max(1, most) / 3_600) * 3_600;
  const first = Math.ceil((fromMs - zeroMs) / 1_000 / step);
  const last = Math.floor((toMs - zeroMs) / 1_000 / step);
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => {
    const at = (first + index) * step;
    return { atMs: zeroMs + at * 1_000, seconds: at };
  });
}
