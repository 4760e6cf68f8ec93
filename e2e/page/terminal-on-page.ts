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

  /** Types a command at a free prompt, sees it there, presses Enter and does not wait. */
  async enter(command: string): Promise<void> {
    await this.expectPrompt();
    await this.type(command);
    const typed = withoutSpaces(command);
    await expect
      .poll(async () => withoutSpaces(await this.screen()).slice(-typed.length), {
        message: 'the command as typed',
        timeout: COMMAND_WITHIN_MS,
      })
      .toBe(typed);
    await this.press('Enter');
  }

  /** Types a command and waits for the next prompt. Returns the lines that it left on the screen. */
  async run(command: string, timeoutMs = COMMAND_WITHIN_MS): Promise<string> {
    await this.enter(command);
    await this.expectPrompt(timeoutMs);
    return outputOf(command, await this.lines());
  }

  /** Waits for the end of a command that the page sent. Returns what stands between it and the prompt. */
  async outputOfSent(command: string, timeoutMs = COMMAND_WITHIN_MS): Promise<string> {
    const rows = await this.rowCount();
    await expect
      .poll(
        async () => {
          const lines = await this.lines();
          const isDone = lines.length > 1 && PROMPT.test(lines.at(-1) ?? '');
          // Where all fits on the screen, the command must stand there as the lesson has it.
          const sent = lines.length >= rows || withoutSpaces(lines.join('')).includes(withoutSpaces(command));
          return isDone && sent;
        },
        { message: `done: ${command}`, timeout: timeoutMs },
      )
      .toBe(true);
    return outputOf(command, await this.lines());
  }

  /** An empty screen with the prompt on its first line. */
  async clear(): Promise<void> {
    await this.press('Control+l');
    await expect.poll(async () => (await this.lines()).length, { message: 'a clear screen' }).toBe(1);
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

  /** Where the text at the end of a line ends, in pixels from the left of the page. */
  async endOfLine(text: string): Promise<number> {
    return this.#panel.locator('.xterm-rows > div').evaluateAll((rows, wanted) => {
      const row = rows.findLast((candidate) => candidate.textContent?.trimEnd() === wanted);
      if (row === undefined) throw new Error(`no line ${wanted}`);
      const walker = document.createTreeWalker(row, NodeFilter.SHOW_TEXT);
      let last: Text | null = null;
      for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
        if (node.textContent?.trim()) last = node as Text;
      }
      const range = document.createRange();
      range.setStart(row, 0);
      range.setEnd(last ?? row, last?.data.trimEnd().length ?? 0);
      return range.getBoundingClientRect().right;
    }, text);
  }

  /** The size that the page gives the terminal. */
  async rowCount(): Promise<number> {
    return this.#panel.locator('.xterm-rows > div').count();
  }

  /** Pastes through the browser's clipboard. */
  async paste(text: string): Promise<void> {
    await this.#page.evaluate((value) => navigator.clipboard.writeText(value), text);
    await this.press('Control+Shift+V');
  }
}

/** What stands between the last typed command, which may go over several lines, and the prompt after it. */
function outputOf(command: string, lines: readonly string[]): string {
  const typedAt = lines.slice(0, -1).findLastIndex((line) => /^learner@node\d:\S+\$ /.test(line));
  // It printed more than the screen holds.
  if (typedAt < 0) return lines.slice(0, -1).join('\n');
  const wanted = withoutSpaces(command);
  let seen = '';
  let next = typedAt;
  while (next < lines.length - 1 && (next === typedAt || !seen.endsWith(wanted))) {
    seen += withoutSpaces(lines[next] ?? '');
    next++;
  }
  return lines.slice(next, -1).join('\n');
}

function withoutSpaces(text: string): string {
  return text.replace(/\s/g, '');
}
