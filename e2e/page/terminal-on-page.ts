import { expect, type Locator, type Page } from '@playwright/test';

const PROMPT = /^learner@node\d:\S+\$\s*$/;
const COMMAND_WITHIN_MS = 20_000;

/** The terminal in front, used as a learner uses it: by typing, and by reading what the screen shows. */
export class TerminalOnPage {
  readonly #page: Page;
  readonly #panel: Locator;

  constructor(page: Page) {
    this.#page = page;
    this.#panel = page.locator('.lp-terminal[role=tabpanel]:not([hidden])');
  }

  get input(): Locator {
    return this.#panel.getByRole('textbox');
  }

  /** The lines on the screen, without the empty ones below the last. */
  async lines(): Promise<string[]> {
    const rows = await this.#panel
      .locator('.xterm-rows > div')
      .evaluateAll((elements) => elements.map((element) => element.textContent ?? ''));
    const lines = rows.map((row) => row.replaceAll('\u00a0', ' ').trimEnd());
    return lines.slice(0, lines.findLastIndex((line) => line !== '') + 1);
  }

  async screen(): Promise<string> {
    return (await this.lines()).join('\n');
  }

  async expectPrompt(timeoutMs = COMMAND_WITHIN_MS): Promise<void> {
    await expect
      .poll(async () => (await this.lines()).at(-1) ?? '', { message: 'a free prompt', timeout: timeoutMs })
      .toMatch(PROMPT);
  }

  async expectScreen(expected: string | RegExp, timeoutMs = COMMAND_WITHIN_MS): Promise<void> {
    const check = expect.poll(() => this.screen(), { message: 'on the screen', timeout: timeoutMs });
    await (typeof expected === 'string' ? check.toContain(expected) : check.toMatch(expected));
  }

  async type(text: string): Promise<void> {
    await this.input.focus();
    await this.#page.keyboard.type(text);
  }

  async press(key: string): Promise<void> {
    await this.input.focus();
    await this.#page.keyboard.press(key);
  }

  /** Types a command at a free prompt, presses Enter and does not wait. */
  async enter(command: string): Promise<void> {
    await this.expectPrompt();
    await this.type(command);
    await this.press('Enter');
  }

  /** Types a command and waits for the next prompt. Returns the lines that it left on the screen. */
  async run(command: string, timeoutMs = COMMAND_WITHIN_MS): Promise<string> {
    await this.enter(command);
    await this.expectPrompt(timeoutMs);
    const lines = await this.lines();
    const promptAt = lines.slice(0, -1).findLastIndex((line) => /^learner@node\d:\S+\$ /.test(line));
    return lines.slice(promptAt + 1, -1).join('\n');
  }

  /** A syllable as an input method composes it: shown while it is made, then committed. */
  async compose(steps: readonly string[]): Promise<void> {
    await this.input.focus();
    const session = await this.#page.context().newCDPSession(this.#page);
    for (const text of steps) {
      await session.send('Input.imeSetComposition', {
        text,
        selectionStart: text.length,
        selectionEnd: text.length,
      });
    }
    await session.send('Input.insertText', { text: steps.at(-1) ?? '' });
    await session.detach();
  }

  /** Pastes through the browser's clipboard. */
  async paste(text: string): Promise<void> {
    await this.#page.evaluate((value) => navigator.clipboard.writeText(value), text);
    await this.press('Control+Shift+V');
  }
}
