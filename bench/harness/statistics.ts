/** Middle of the sorted samples; the mean of the two middle ones when their number is even. */
export function median(samples: readonly number[]): number {
  const sorted = sortedCopy(samples);
  const upper = Math.floor(sorted.length / 2);
  if (sorted.length % 2 === 1) return at(sorted, upper);
  return (at(sorted, upper - 1) + at(sorted, upper)) / 2;
}

/**
 * Nearest rank: the smallest sample that at least `percent` of all samples do not exceed. It is always a value
 * that was really seen; with few samples the 95th percentile is the largest one.
 */
export function percentile(samples: readonly number[], percent: number): number {
  const sorted = sortedCopy(samples);
  const rank = Math.ceil((percent / 100) * sorted.length);
  return at(sorted, Math.max(0, rank - 1));
}

function sortedCopy(samples: readonly number[]): number[] {
  if (samples.length === 0) throw new RangeError('no samples');
  if (!samples.every(Number.isFinite)) throw new RangeError('a sample is not a finite number');
  return [...samples].sort((a, b) => a - b);
}

function at(sorted: readonly number[], index: number): number {
  const value = sorted[index];
  if (value === undefined) throw new RangeError(`no sample at ${index}`);
  return value;
}
