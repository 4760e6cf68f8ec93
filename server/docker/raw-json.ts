/**
 * Reads of JSON that may have any shape: what is not there, or is of another type, becomes the neutral value. A
 * learner who is root in the lab may have put another program in the engine's place: what passes here is bounded and
 * free of control characters, for it ends in pages, logs and the database.
 */
export type Raw = Readonly<Record<string, unknown>>;

/** No name, image or message of a swarm is longer. */
const MAX_TEXT_CHARS = 1024;
const MAX_TEXTS = 200;
const MAX_LABELS = 100;
/** Keys that mean something else to whoever builds an object with them. */
const NOT_LABELS = new Set(['__proto__', 'constructor', 'prototype']);
/** All but tab and line feed, which stand in scripts of health checks; and marks that reorder text. */
const HIDDEN = /[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;

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
  if (typeof value !== 'string') return '';
  return value
    .slice(0, MAX_TEXT_CHARS)
    .replace(HIDDEN, (hidden) => (hidden === '\n' || hidden === '\t' ? hidden : ''))
    .toWellFormed();
}

export function textOrNull(value: unknown): string | null {
  return text(value) || null;
}

export function texts(value: unknown): string[] {
  return list(value)
    .slice(0, MAX_TEXTS)
    .filter((item) => typeof item === 'string')
    .map(text);
}

export function numberOrNull(value: unknown): number | null {
  return typeof value === 'number' && Math.abs(value) <= Number.MAX_SAFE_INTEGER ? value : null;
}

/** Docker leaves out settings that are zero, and writes zero for some that are not set. */
export function positiveOrNull(value: unknown): number | null {
  const found = numberOrNull(value);
  return found !== null && found > 0 ? found : null;
}

export function labels(value: unknown): Record<string, string> {
  return Object.fromEntries(
    Object.entries(record(value))
      .slice(0, MAX_LABELS)
      .filter(([key, label]) => typeof label === 'string' && !NOT_LABELS.has(key))
      .map(([key, label]) => [text(key), text(label)]),
  );
}

/** Epoch milliseconds; `null` for the engine's zero time and for what is no time. */
export function timeOrNull(value: unknown): number | null {
  const atMs = typeof value === 'string' ? Date.parse(value.slice(0, 40)) : Number.NaN;
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
