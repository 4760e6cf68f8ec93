import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from '@playwright/test';
import { type ExerciseTexts, labOf } from '../page/exercise-texts.ts';
import { type LabPage, plain } from '../page/lab-page.ts';
import { ROOT_DIR } from '../product/settings.ts';

const ASKED_WITHIN_MS = 150_000;

/** Answers by number, text or choice; waits first until the checks before it are met. */
export async function answerQuestion(
  lab: LabPage,
  texts: ExerciseTexts,
  id: string,
  answer: string,
): Promise<void> {
  const row = lab.check(texts.checks[id] ?? '');
  await expect(row).not.toHaveAttribute('data-verdict', 'later', { timeout: ASKED_WITHIN_MS });
  const option = texts.options[id]?.[answer];
  if (option === undefined) await row.getByRole('textbox').fill(answer);
  else await row.getByRole('radio', { name: plain(option), exact: true }).check();
  await row.getByRole('button', { name: lab.words.question.submit, exact: true }).click();
}

/** Ids of the questions that wait for an answer, in the order of the pane. */
export async function openQuestions(lab: LabPage, texts: ExerciseTexts): Promise<string[]> {
  const titles = await lab.exercise
    .locator('.lp-check:has(.lp-question) .lp-check-title > span:first-child')
    .allTextContents();
  const ids = Object.keys(texts.checks);
  return titles.flatMap((title) => ids.find((id) => plain(texts.checks[id] ?? '') === title) ?? []);
}

/** What the exercise's own solution answers; `undefined` where it asks the swarm itself. */
export async function solutionAnswer(exercise: string, question: string): Promise<string | undefined> {
  const folder = join(ROOT_DIR, 'labs', await labOf(exercise), 'exercises', exercise);
  const solution = await readFile(join(folder, 'solution.sh'), 'utf8');
  return new RegExp(`^answer ${question} ([\\w-]+)$`, 'm').exec(solution)?.[1];
}
