/** Reads of JSON that may have any shape: what is not there, or is of another type, becomes the neutral value. */
export type Raw = Readonly<Record<string, unknown>>;

export function record(value: unknown): Raw {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Raw) : {};
}

/** `null` where nothing is set: an empty map counts as nothing, as the engine sends `{}` for some of these. */
export function recordOrNull(value: unknown): Raw | null {
  const found = record(value);
  return Object.keys(found).length === 0 ? null : found;
}

export function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

export function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

export function textOrNull(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}

export function texts(value: unknown): string[] {
  return list(value).filter((item) => typeof item === 'string');
}

export function numberOrNull(value: unknown): number | null {
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
}

/** Docker leaves out settings that are zero, and writes zero for some that are not set. */
export function positiveOrNull(value: unknown): number | null {
  const found = numberOrNull(value);
  return found !== null && found > 0 ? found : null;
}

export function labels(value: unknown): Record<string, string> {
  return Object.fromEntries(
    Object.entries(record(value)).filter(([, label]) => typeof label === 'string'),
  ) as Record<string, string>;
}

/** Epoch milliseconds; `null` for the engine's zero time and for what is no time. */
export function timeOrNull(value: unknown): number | null {
  const atMs = typeof value === 'string' ? Date.parse(value) : Number.NaN;
  return Number.isNaN(atMs) || atMs <= 0 ? null : atMs;
}

/** One of the known words, else `fallback`. */
export function oneOf<const T extends string>(value: unknown, known: readonly T[], fallback: NoInfer<T>): T {
  return known.find((word) => word === value) ?? fallback;
}

/** The engine lists in no fixed order; with a fixed one, equal states are equal snapshots. */
export function by<K extends string>(key: K): (one: Record<K, string>, other: Record<K, string>) => number {
  return (one, other) => (one[key] < other[key] ? -1 : one[key] > other[key] ? 1 : 0);
}
