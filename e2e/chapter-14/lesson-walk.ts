import type { Locator, Page } from '@playwright/test';
import type { Language } from '../../contract/language.ts';
import { type ExerciseTexts, exerciseTexts, isExtra, labOf } from '../page/exercise-texts.ts';
import { LabPage, plain } from '../page/lab-page.ts';
import { expect, test } from '../product/test.ts';
import { giveCommand, lookUntilAlike, typeCommand } from './commands.ts';
import { expectLanguage } from './interface-language.ts';
import { type LessonCommand, lessonParts } from './lesson-parts.ts';
import type { AnswerPlan, LessonPlan } from './lesson-plan.ts';
import { answerQuestion, openQuestions, solutionAnswer } from './question.ts';

const STEADY_WITHIN_MS = 180_000;
const PASSED_WITHIN_MS = 180_000;
const LAB_WITHIN_MS = 120_000;

/** A deployment on top of one that is under way would cut it short: the lessons say to wait. */
const CHANGES_SERVICES = /^docker (stack deploy|service rollback)/;
const WHILE_UPDATING =
  "while docker service inspect -f '{{with .UpdateStatus}}{{.State}}{{end}}' $(docker service ls -q) 2>&1" +
  ' | grep -qE "updating|rollback_started"; do sleep 1; done';

/** One lesson as its learner goes through it: every command of the page in its order, every exercise passed. */
export class LessonWalk {
  readonly page: Page;
  readonly lab: LabPage;
  readonly #plan: LessonPlan;
  #exercise: { readonly id: string; readonly texts: ExerciseTexts } | null = null;

  constructor(page: Page, origin: string, language: Language, plan: LessonPlan) {
    this.page = page;
    this.lab = new LabPage(page, origin, language, plan.lesson);
    this.#plan = plan;
  }

  /** From the opened page to the last exercise passed. */
  async learn(): Promise<void> {
    const { lab, page } = this;
    const parts = await lessonParts(page);
    const first = parts.find((part) => part.kind === 'exercise');
    await lab.start(await labOf(first?.id ?? ''));
    await expectLanguage(lab);
    for (const part of parts) {
      if (part.kind === 'command') {
        await test.step(part.command, () => this.#follow(part));
      } else {
        await this.finish();
        if (!(await isExtra(part.id))) await test.step(part.id, () => this.#begin(part.id));
      }
    }
    await this.finish();
    await expectLanguage(lab);
  }

  /** The exercise that the learner is at. */
  get exercise(): string {
    return this.#exercise?.id ?? '';
  }

  title(check: string): string {
    const title = this.#exercise?.texts.checks[check];
    if (title === undefined) throw new Error(`${this.exercise} has no check ${check}`);
    return title;
  }

  check(id: string): Locator {
    return this.lab.check(this.title(id));
  }

  message(id: string): string {
    return plain(this.#exercise?.texts.messages[id] ?? '').split('{')[0] ?? '';
  }

  async untilMet(check: string): Promise<void> {
    await this.lab.expectMet(this.title(check), PASSED_WITHIN_MS);
  }

  async untilSteady(): Promise<void> {
    await this.lab.terminal.run(WHILE_UPDATING, STEADY_WITHIN_MS);
  }

  /** Types a command and returns what it printed. */
  async type(command: string): Promise<string> {
    return typeCommand(this.lab, command);
  }

  async #follow(part: LessonCommand): Promise<void> {
    const { command } = part;
    const way = this.#plan.ways?.find(
      (one) => one.command.test(command) && (one.exercise ?? this.exercise) === this.exercise,
    );
    if (CHANGES_SERVICES.test(command)) await this.untilSteady();
    await way?.before?.(this);
    let output = await (way?.run?.(this, command) ?? giveCommand(this.lab, part));
    if (!way?.differs) output = await lookUntilAlike(this.lab, part, output, way?.or);
    await way?.after?.(this, output);
    await this.#answerWhatIsDue((plan) => plan.after instanceof RegExp && plan.after.test(command), output);
  }

  async #begin(id: string): Promise<void> {
    const { lab, page } = this;
    const texts = await exerciseTexts(id, lab.language);
    const labId = await labOf(id);
    this.#exercise = { id, texts };
    const card = page.locator(`[data-exercise="${id}"]`);
    await card.getByRole('button').click();
    await expect
      .poll(async () => (await lab.session(labId))?.status.state, { timeout: LAB_WITHIN_MS })
      .toBe('ready');
    await lab.terminal.expectPrompt(LAB_WITHIN_MS);
    await expect(lab.exercise.getByRole('heading', { name: plain(texts.title) })).toBeVisible();
    await expect(card).toHaveAttribute('data-status', 'active');
    if (this.#plan.prepares?.includes(id)) await this.#takeOffer();
    // Each exercise starts where the one before it ends.
    await expect(this.#offer).toHaveCount(0, { timeout: LAB_WITHIN_MS });
    await this.#answerWhatIsDue((plan) => plan.after === 'begin', '');
    await this.#plan.begins?.[id]?.(this);
  }

  /** Answers what is still asked and sees the exercise passed; nothing without one. */
  async finish(): Promise<void> {
    if (this.#exercise === null) return;
    const { id, texts } = this.#exercise;
    await test.step(`${id} passed`, async () => {
      for (const question of await openQuestions(this.lab, texts)) await this.#answer(question, '');
      const count = Object.keys(texts.checks).length;
      const { progress, passedTitle } = this.lab.words.exercise;
      await expect(this.lab.exercise.getByText(progress(count, count))).toBeVisible({
        timeout: PASSED_WITHIN_MS,
      });
      await expect(this.lab.exercise.getByText(passedTitle, { exact: true })).toBeVisible();
      await expect(this.page.locator(`[data-exercise="${id}"]`)).toHaveAttribute('data-status', 'passed');
      await expectLanguage(this.lab);
    });
    this.#exercise = null;
  }

  get #offer(): Locator {
    return this.lab.exercise.getByRole('region', { name: this.lab.words.prepare.button });
  }

  /** "Prepare this exercise": a fresh lab at the exercise's start. */
  async #takeOffer(): Promise<void> {
    const { lab } = this;
    const { button, confirm } = lab.words.prepare;
    await this.#offer.getByRole('button', { name: button, exact: true }).click();
    await lab.dialog.getByRole('button', { name: confirm, exact: true }).click();
    await expect(lab.tabs.first()).toBeHidden();
    await expect(this.#offer).toHaveCount(0, { timeout: LAB_WITHIN_MS });
    await lab.terminal.expectPrompt(LAB_WITHIN_MS);
  }

  /** The first question whose time has come: a command that comes twice may be read twice, or be too early once. */
  async #answerWhatIsDue(isDue: (plan: AnswerPlan) => boolean, output: string): Promise<void> {
    if (this.#exercise === null) return;
    const open = await openQuestions(this.lab, this.#exercise.texts);
    const question = open.find((id) => isDue(this.#plan.answers?.[id] ?? {}));
    if (question === undefined) return;
    const waits = (await this.check(question).getAttribute('data-verdict')) === 'later';
    if (!waits) await this.#answer(question, output);
  }

  async #answer(question: string, output: string): Promise<void> {
    if (this.#exercise === null) return;
    const { texts, id } = this.#exercise;
    const plan = this.#plan.answers?.[question];
    if (plan?.wrong !== undefined) {
      await answerQuestion(this.lab, texts, question, plan.wrong.answer);
      await expect(this.check(question)).toContainText(this.message(plan.wrong.message));
    }
    const answer = (await plan?.read?.(this, output)) ?? (await solutionAnswer(id, question));
    if (answer === undefined) throw new Error(`${id} asks “${question}”: nobody says how it is answered`);
    await answerQuestion(this.lab, texts, question, answer);
    await this.untilMet(question);
  }
}
