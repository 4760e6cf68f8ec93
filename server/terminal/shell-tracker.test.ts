import { expect, test } from 'vitest';
import { ShellTracker } from './shell-tracker.ts';

const track = (...events: string[]) => {
  let changes = 0;
  const shell = new ShellTracker(
    () => {
      changes += 1;
    },
    { state: 'unknown', exitCode: null },
  );
  for (const event of events) {
    if (event === '+') shell.setPasteMode(true);
    else if (event === '-') shell.setPasteMode(false);
    else shell.mark(event);
  }
  return { shell, changes: () => changes };
};

test('follows prompt, command and exit code', () => {
  const { shell, changes } = track('+', 'A', 'B');
  expect([shell.state, shell.isAtPrompt, shell.takesPaste]).toEqual(['prompt', true, true]);
  shell.setPasteMode(false);
  shell.mark('C');
  expect([shell.state, shell.isAtPrompt, shell.takesPaste]).toEqual(['running', false, false]);
  shell.mark('D;127');
  expect([shell.state, shell.exitCode]).toEqual(['running', 127]);
  shell.mark('B');
  expect(changes()).toBe(4);
});

test('a prompt that is drawn again is no change', () => {
  const { changes } = track('A', 'B', 'A', 'B');
  expect(changes()).toBe(1);
});

test('bracketed paste tells the prompt of a shell without marks', () => {
  const { shell } = track('+');
  expect([shell.state, shell.isAtPrompt]).toEqual(['unknown', true]);
  shell.setPasteMode(false);
  expect(shell.isAtPrompt).toBe(false);
});

test('a line that is accepted and asked to go on is an unfinished command', () => {
  expect(track('+', 'A', 'B', '-', '+').shell.isContinued).toBe(true);
  expect(track('+', 'A', 'B', '-', 'A', '+', 'B').shell.isContinued).toBe(false);
  expect(track('+', 'A', 'B', '-', 'C', 'D;0', '+', 'A', 'B').shell.isContinued).toBe(false);
});

test('a command typed for the learner counts as running at once', () => {
  const { shell } = track('+', 'A', 'B');
  shell.expectCommand();
  expect(shell.isAtPrompt).toBe(false);
  shell.mark('B');
  expect(shell.isAtPrompt).toBe(true);
});

test('marks of others and broken exit codes do no harm', () => {
  const { shell } = track('B', 'D;x', 'L', 'P;k=v', 'D;1234');
  expect([shell.state, shell.exitCode]).toEqual(['prompt', null]);
});
