import { expect, test } from 'vitest';
import { summarize, wordsOf } from './commands/test.mjs';
import { STAGES, selectStages } from './stages.mjs';

test('without names all stages run that are not on demand, in their order', () => {
  expect(selectStages([]).selected.map(({ name }) => name)).toEqual([
    'lint',
    'types',
    'dead-code',
    'unit',
    'labs',
    'attacks',
    'e2e',
  ]);
});

test('named stages run in the order of the table, and unknown names are told', () => {
  const { selected, unknown } = selectStages(['e2e', 'nix', 'lint']);
  expect(selected.map(({ name }) => name)).toEqual(['lint', 'e2e']);
  expect(unknown).toEqual(['nix']);
});

test('what uses the engine asks for it', () => {
  for (const stage of STAGES.filter(({ name }) => name === 'labs' || name === 'attacks' || name === 'e2e')) {
    expect(stage.needs).toEqual(expect.arrayContaining(['engine', 'images']));
  }
});

test('options go to the stage that is named before them', () => {
  expect(wordsOf(['attacks', '--write', 'host'])).toEqual({
    names: ['attacks'],
    options: ['--write', 'host'],
  });
  expect(wordsOf(['lint', 'unit'])).toEqual({ names: ['lint', 'unit'], options: [] });
});

test('the summary ends with one line of counts', () => {
  const results = [
    { name: 'lint', passed: true, durationMs: 800 },
    { name: 'dead-code', passed: false, durationMs: 2000 },
  ];
  expect(summarize(results).split('\n')).toEqual([
    '✓ lint       800 ms',
    '✗ dead-code  2.0 s',
    '1 passed, 1 failed',
  ]);
});
