import { type Goal, type JudgedGoal, judge } from './goal.ts';
import { median, percentile } from './statistics.ts';

export interface FigureSpec {
  /** Stable: other scripts compare it between versions. */
  readonly name: string;
  readonly unit: 'ms' | 'MB/s' | 'MiB' | 'ms/s' | 'kB' | 'labs' | 'shift';
  readonly baseline: string | null;
  readonly goals?: readonly Goal[];
}

export interface Figure {
  readonly name: string;
  readonly unit: string;
  readonly n: number;
  readonly median: number;
  readonly p95: number;
  readonly baseline: { readonly name: string; readonly median: number; readonly p95: number } | null;
  /** Median of ours divided by the baseline's. */
  readonly ratio: number | null;
  readonly goals: readonly JudgedGoal[];
}

export interface Missing {
  readonly name: string;
  readonly reason: string;
}

type Side = 'ours' | 'baseline';

/** Gathers the samples of one suite. What has no samples is named as missing, never filled in. */
export class FigureSheet {
  readonly #specs: readonly FigureSpec[];
  readonly #samples = new Map<string, number[]>();
  readonly #failures = new Map<string, string[]>();

  constructor(specs: readonly FigureSpec[]) {
    this.#specs = specs;
  }

  sample(name: string, side: Side, value: number): void {
    if (!Number.isFinite(value)) throw new RangeError(`${name}: ${value} is not a figure`);
    const key = this.#key(name, side);
    this.#samples.set(key, [...(this.#samples.get(key) ?? []), value]);
  }

  fail(name: string, side: Side, reason: string): void {
    const key = this.#key(name, side);
    this.#failures.set(key, [...(this.#failures.get(key) ?? []), reason]);
  }

  figures(): Figure[] {
    return this.#specs.flatMap((spec) => {
      const ours = this.#of(spec.name, 'ours');
      if (ours.length === 0) return [];
      const theirs = this.#of(spec.name, 'baseline');
      const baseline =
        spec.baseline === null || theirs.length === 0
          ? null
          : { name: spec.baseline, median: rounded(median(theirs)), p95: rounded(percentile(theirs, 95)) };
      const ratio = baseline === null || median(theirs) === 0 ? null : rounded(median(ours) / median(theirs));
      const seen = { median: rounded(median(ours)), p95: rounded(percentile(ours, 95)), ratio };
      const goals = judge(spec.goals ?? [], seen);
      return [{ name: spec.name, unit: spec.unit, n: ours.length, ...seen, baseline, goals }];
    });
  }

  /** @param endedBy why the suite ended early, for what it did not reach */
  missing(endedBy = ''): Missing[] {
    return this.#specs.flatMap((spec) => [
      ...this.#gaps(spec.name, 'ours', { label: spec.name, endedBy }),
      ...(spec.baseline === null
        ? []
        : this.#gaps(spec.name, 'baseline', { label: `${spec.name}.baseline`, endedBy })),
    ]);
  }

  #gaps(name: string, side: Side, { label, endedBy }: { label: string; endedBy: string }): Missing[] {
    const measured = this.#of(name, side).length;
    const failures = this.#failures.get(this.#key(name, side)) ?? [];
    if (failures.length > 0) {
      const runs = `${failures.length} of ${measured + failures.length} runs`;
      return [{ name: label, reason: `${runs} gave no figure: ${[...new Set(failures)].join('; ')}` }];
    }
    return measured > 0
      ? []
      : [{ name: label, reason: `not reached: ${endedBy || 'the suite does not measure it'}` }];
  }

  #of(name: string, side: Side): readonly number[] {
    return this.#samples.get(this.#key(name, side)) ?? [];
  }

  #key(name: string, side: Side): string {
    if (!this.#specs.some((spec) => spec.name === name)) throw new Error(`no figure is called ${name}`);
    return `${name} ${side}`;
  }
}

/** Four significant digits: more would pretend a precision that a shared machine does not have. */
function rounded(value: number): number {
  return Number(value.toPrecision(4));
}
