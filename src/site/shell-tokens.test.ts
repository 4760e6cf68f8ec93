import { expect, test } from 'vitest';
import { shellTokens } from './shell-tokens.ts';

test('keeps every character of the command', () => {
  const command = 'docker stack config -c a.yml \\\n  -c b.yml > stack.yml && echo "done" # end';
  expect(
    shellTokens(command)
      .map(({ text }) => text)
      .join(''),
  ).toBe(command);
});

test('marks programs at the start and after an operator', () => {
  const programs = shellTokens('cat x | jq . ; docker ps').filter(({ kind }) => kind === 'program');
  expect(programs.map(({ text }) => text)).toEqual(['cat', 'jq', 'docker']);
});
