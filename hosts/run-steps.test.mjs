import { expect, test } from 'vitest';
import { SetupError } from '../setup/setup-error.mjs';
import { readOptions } from './options.mjs';
import { report, runSteps } from './run-steps.mjs';

const PROGRESS = {
  run: (/** @type {string} */ _title, /** @type {any} */ work) => work({ detail: () => {} }),
  skip: () => {},
  note: () => {},
};
/** @type {any} what the steps below do not look at */
const CONTEXT = { signal: new AbortController().signal };

/** @param {string} name @param {() => Promise<string>} run @param {string[]} [after] @returns {import('./steps.mjs').Step} */
const step = (name, run, after) => ({ name, title: name, run, ...(after ? { after } : {}) });
const works = async () => 'seen';
const fails = async () => {
  throw new SetupError('It did not answer.');
};

test('what stands on a step that failed is not run and counts as failed; the rest goes on', async () => {
  const steps = [step('start', fails), step('node', works, ['start']), step('doctor', works)];
  const results = await runSteps(steps, CONTEXT, PROGRESS);
  expect(results.map(({ name, passed }) => [name, passed])).toEqual([
    ['start', false],
    ['node', false],
    ['doctor', true],
  ]);
  expect(results[1]?.seen).toBe('not run, because start failed');
});

test('a bug is not a result', async () => {
  const bug = step('start', async () => {
    throw new TypeError('x is undefined');
  });
  await expect(runSteps([bug], CONTEXT, PROGRESS)).rejects.toThrow('x is undefined');
});

test('the report has the line for the documentation and ends with the counts', () => {
  const text = report(
    [
      { name: 'start', passed: true, seen: 'answers after 60 s' },
      { name: 'node', passed: false, seen: 'It ended with exit code 1.' },
    ],
    {
      facts: {
        system: 'Debian GNU/Linux 13 (trixie)',
        kernel: '6.12.1',
        engine: '26.1.5',
        ipvsInUserNamespace: false,
      },
      accelerator: 'tcg',
      source: 'commit abc',
      date: new Date('2026-11-23T10:00:00Z'),
    },
  );
  expect(text.split('\n').slice(-3)).toEqual([
    '| 2026-11-23 | commit abc | Debian GNU/Linux 13 (trixie), kernel 6.12.1, Docker 26.1.5 | TCG | IPVS in a lab refused | 1 passed, 1 failed (node) |',
    '',
    '1 passed, 1 failed',
  ]);
});

test('an unknown step is told with the ones that there are', () => {
  expect(() => readOptions(['nix'], ['start', 'node'])).toThrow('No step is called nix: start, node.');
  expect(readOptions(['--keep', 'node'], ['start', 'node'])).toMatchObject({ keeps: true, steps: ['node'] });
});
