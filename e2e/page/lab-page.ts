import { type APIResponse, expect, type Locator, type Page } from '@playwright/test';
import type { LabSessionView } from '../../contract/api.ts';
import type { Language } from '../../contract/language.ts';
import { EN } from '../../src/lab-pane/texts-en.ts';
import { KO } from '../../src/lab-pane/texts-ko.ts';
import { gotoAlive } from './goto-alive.ts';
import { TerminalOnPage } from './terminal-on-page.ts';

const READY_WITHIN_MS = 60_000;
const HEADERS = { 'x-rollout-lab': '1' };

/** The page of a lesson with its lab pane, in one language. */
export class LabPage {
  readonly page: Page;
  readonly language: Language;
  readonly terminal: TerminalOnPage;
  readonly #origin: string;
  readonly #lesson: string;

  constructor(page: Page, origin: string, language: Language, lesson = '14.1') {
    this.page = page;
    this.#origin = origin;
    this.language = language;
    this.#lesson = lesson;
    this.terminal = new TerminalOnPage(page);
  }

  get words() {
    return { ko: KO, en: EN }[this.language];
  }

  get pane(): Locator {
    return this.page.locator('lab-pane');
  }

  get exercise(): Locator {
    return this.pane.getByRole('region', { name: this.words.exercise.region, exact: true });
  }

  /** Of terminals and nodes. */
  get tabs(): Locator {
    return this.pane.getByRole('tablist', { name: this.words.terminal.list }).getByRole('tab');
  }

  get dialog(): Locator {
    return this.pane.getByRole('dialog');
  }

  button(name: string | RegExp): Locator {
    return this.pane.getByRole('button', { name, ...(typeof name === 'string' ? { exact: true } : {}) });
  }

  url(path: string): string {
    return `${this.#origin}${path}`;
  }

  /** The chapter's overview, and in it the row of this section. */
  async openOverview(): Promise<Locator> {
    await gotoAlive(this.page, this.url(`/${this.language}/chapter-14/`));
    return this.page.getByRole('main').getByRole('listitem').filter({ hasText: '14.1' });
  }

  /** "Run in terminal" of the command block with this command in the text. */
  runButton(command: string): Locator {
    return this.page.locator(`.run[data-command="${command}"]`).locator('[data-run]').first();
  }

  async open(): Promise<void> {
    await gotoAlive(this.page, this.url(`/${this.language}/chapter-14/${this.#lesson.replace('.', '-')}/`));
    await expect(this.pane.locator('.lp-frame')).toBeVisible();
  }

  /** Brings the lesson's lab up from wherever it is, to a prompt; `lab` tells it from others that run. */
  async start(lab?: string): Promise<void> {
    if ((await this.session(lab)) === undefined) await this.button(this.words.start.button).click();
    await expect(this.tabs.first()).toBeVisible({ timeout: READY_WITHIN_MS });
    await this.terminal.expectPrompt(READY_WITHIN_MS);
  }

  async reset(): Promise<void> {
    await this.button(this.words.tools.reset).click();
    await this.dialog.getByRole('button', { name: this.words.reset.confirm, exact: true }).click();
  }

  /** The tab of a node's only or first terminal. */
  nodeTab(node: string): Locator {
    return this.pane.getByRole('tab', { name: new RegExp(`^${node}\\b`) }).first();
  }

  /** Into the terminal of a node; its first visit opens one. */
  async goTo(node: string): Promise<void> {
    await this.nodeTab(node).click();
    await expect(this.nodeTab(node)).toHaveAttribute('aria-selected', 'true');
    await this.terminal.expectPrompt(READY_WITHIN_MS);
  }

  /** "Prepare this exercise" from the exercise's menu, confirmed. */
  async prepare(): Promise<void> {
    const words = this.words.prepare;
    await this.button(words.menu).click();
    await this.exercise.getByRole('button', { name: words.button, exact: true }).last().click();
    await this.dialog.getByRole('button', { name: words.confirm, exact: true }).click();
  }

  async chooseExercise(title: string): Promise<void> {
    await this.pane
      .getByRole('navigation', { name: this.words.exercise.chooser })
      .getByRole('button', { name: plain(title) })
      .click();
  }

  async chooseFromMenu(name: string): Promise<void> {
    await this.button(this.words.tools.more).click();
    await this.button(name).click();
  }

  /** The check with this title, as the pane shows it. */
  check(title: string): Locator {
    // Messages of other checks may name this one.
    const own = this.page.locator('.lp-check-title', { hasText: plain(title) });
    return this.exercise.getByRole('listitem').filter({ has: own });
  }

  async expectMet(title: string, timeoutMs = READY_WITHIN_MS): Promise<void> {
    await expect(this.check(title)).toContainText(this.words.exercise.verdicts.passed, {
      timeout: timeoutMs,
    });
  }

  /** The learner's lab as the server tells it, or the one of these; `undefined` without one. */
  async session(lab?: string): Promise<LabSessionView | undefined> {
    const response = await this.page.request.get(this.url('/api/lab-sessions'));
    expect(response.ok()).toBe(true);
    const sessions = (await response.json()) as LabSessionView[];
    return sessions.find((one) => one.status.state !== 'closed' && (lab === undefined || one.lab === lab));
  }

  post(path: string, body: object = {}): Promise<APIResponse> {
    return this.page.request.post(this.url(path), { headers: HEADERS, data: body });
  }

  /** So that a page that opens next begins with one fresh terminal. */
  async closeTerminals(): Promise<void> {
    const session = await this.session();
    for (const { id } of session?.terminals ?? []) {
      await this.page.request.delete(this.url(`/api/lab-sessions/${session?.id}/terminals/${id}`), {
        headers: HEADERS,
      });
    }
  }

  async closeLab(): Promise<void> {
    const session = await this.session();
    if (session)
      await this.page.request.delete(this.url(`/api/lab-sessions/${session.id}`), { headers: HEADERS });
  }
}

/** Text as it is read: the backticks of code are markup. */
export function plain(text: string): string {
  return text.replaceAll('`', '');
}
