import { expect, test } from 'vitest';
import { DEFAULT_LABS, DEFAULT_RUNS, readCommand } from './command-line.ts';

const NAMES = ['start', 'terminal'];

test('several suites may be named, in any place, each once', () => {
  expect(readCommand(['terminal', '--json', 'start', 'terminal'], NAMES)).toEqual({
    suites: ['terminal', 'start'],
    asJson: true,
    runs: DEFAULT_RUNS,
    labs: DEFAULT_LABS,
    isSaved: false,
  });
});

test('the number of runs is taken in both spellings', () => {
  expect(readCommand(['start', '--runs', '3'], NAMES)).toMatchObject({ runs: 3 });
  expect(readCommand(['--runs=12', 'start', '--labs=40'], NAMES)).toMatchObject({ runs: 12, labs: 40 });
});

test('saved reports can be written into the page without measuring', () => {
  expect(readCommand(['--save'], NAMES)).toMatchObject({ suites: [], isSaved: true });
});

test.each([
  [['speed'], 'There is no suite "speed".'],
  [[], 'No suite was named.'],
  [['start', '--fast'], 'There is no option --fast.'],
  [['start', '--runs', '0'], '--runs takes'],
  [['start', '--runs'], '--runs takes'],
  [['start', '--runs', '1e1'], '--runs takes'],
  [['start', '--labs', '500'], '--labs takes'],
])('%j is refused in a sentence', (args, sentence) => {
  expect(readCommand(args, NAMES)).toContain(sentence);
});
