import { expect } from '@playwright/test';
import type { LabPage } from '../page/lab-page.ts';
import { areAlike } from './alike.ts';
import type { LessonCommand } from './lesson-parts.ts';

const COMMAND_WITHIN_MS = 120_000;
/** How long a learner looks again until the terminal shows what the lesson shows. */
const LOOK_AGAIN_MS = 60_000;

/** Commands that may be given again without changing anything. */
const ONLY_LOOKS =
  /^(ssh node\d )?(docker (node ls|info|ps|(service|stack) (ls|ps|services|inspect)|inspect)|curl|ls|grep)\b(?!.*[|<>] ?(ssh|docker))/;

/** Types a command on an empty screen, on one line, and returns what it printed there. */
export async function typeCommand(lab: LabPage, command: string): Promise<string> {
  await lab.terminal.clear();
  return lab.terminal.run(command.replace(/\\\n\s*/g, ''), COMMAND_WITHIN_MS);
}

/** Types a command of the page; every third is sent by its button, which must do what typing does. */
export async function giveCommand(lab: LabPage, { command, index }: LessonCommand): Promise<string> {
  if (index % 3 !== 1) return typeCommand(lab, command);
  const { terminal } = lab;
  await terminal.expectPrompt();
  await terminal.clear();
  await lab.page.locator('main .run [data-run]').nth(index).click();
  return terminal.outputOfSent(command, COMMAND_WITHIN_MS);
}

/** Where the lesson shows what a command prints, the terminal shows the like, at once or before long. */
export async function lookUntilAlike(
  lab: LabPage,
  part: LessonCommand,
  seen: string,
  or?: RegExp,
): Promise<string> {
  const { command, output: printed } = part;
  if (printed === null) return seen;
  const rows = (await lab.terminal.rowCount()) - 3;
  const endsAtMs = Date.now() + LOOK_AGAIN_MS;
  let output = seen;
  // What fills the screen may have shown it above.
  const isShown = (): boolean => output.split('\n').length > rows || areAlike(printed, output, rows);
  while (!isShown() && ONLY_LOOKS.test(command) && Date.now() < endsAtMs) {
    output = await typeCommand(lab, command);
  }
  if (!isShown() && or?.test(output) !== true)
    expect.soft(output, `“${command}” prints what the lesson shows`).toBe(printed);
  return output;
}
