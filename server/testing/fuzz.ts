import fc from 'fast-check';

/** Fixed, so that a run in CI is the same run here; `ROLLOUT_LAB_FUZZ_SEED=random` looks elsewhere. */
const FIXED_SEED = 20_261_123;
// biome-ignore lint/style/noProcessEnv: tests have no settings of their own.
const { ROLLOUT_LAB_FUZZ: factor, ROLLOUT_LAB_FUZZ_SEED: wanted } = process.env;
export const FUZZ_SEED = wanted === 'random' ? Date.now() % 2 ** 31 : Number(wanted ?? FIXED_SEED);
/** How many times as many runs: `ROLLOUT_LAB_FUZZ=100` for a night. */
const FACTOR = Number(factor ?? 1);

/** Settings of one property; a failure prints the seed and the smallest input that fails. */
export function fuzz(runs: number): { seed: number; numRuns: number; verbose: 1 } {
  return { seed: FUZZ_SEED, numRuns: Math.ceil(runs * FACTOR), verbose: 1 };
}

const SPECIAL = [
  '__proto__',
  'constructor',
  'prototype',
  'hasOwnProperty',
  '',
  '\u0000',
  '../../etc/passwd',
  '..%2f..%2fetc',
  '\ud800',
  '\u202e',
  '한글',
  'node1',
  '14.1-deploy',
  'numbers',
  'x'.repeat(5000),
];

export const text = fc.oneof(
  fc.constantFrom(...SPECIAL),
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.string({ unit: 'grapheme', maxLength: 20 }),
);

const number = fc.oneof(
  fc.constantFrom(-0, 1e308, -1, 2 ** 31, 2 ** 53, 0.1, 65536),
  fc.integer(),
  fc.double({ noNaN: true }),
);

/** Anything that JSON can say, `__proto__` as a key included. */
export const { json } = fc.letrec<{ json: unknown }>((tie) => ({
  json: fc.oneof(
    { maxDepth: 4 },
    text,
    number,
    fc.boolean(),
    fc.constant(null),
    fc.array(tie('json'), { maxLength: 5 }),
    fc
      .array(fc.tuple(text, tie('json')), { maxLength: 5 })
      .map((pairs) => Object.fromEntries(pairs) as Record<string, unknown>),
  ),
}));
