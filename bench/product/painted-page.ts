import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, BrowserContext, CDPSession, Page } from '@playwright/test';

const LOADED_WITHIN_MS = 20_000;

/** A page in a real browser that writes down when what it shows has been painted, by this machine's clock. */
export class PaintedPage implements AsyncDisposable {
  readonly page: Page;
  readonly #context: BrowserContext;
  readonly #session: CDPSession;
  readonly #painted = new Map<string, number[]>();

  /** From the start of the navigation until what is recorded was there. */
  readonly shownAfterMs: number;

  private constructor(context: BrowserContext, page: Page, session: CDPSession, shownAfterMs: number) {
    this.#context = context;
    this.page = page;
    this.#session = session;
    this.shownAfterMs = shownAfterMs;
  }

  /**
   * @param isThere a selector of what is to be recorded
   * @param recorder the script beside this file that runs in the page
   */
  static async open(
    browser: Browser,
    {
      url,
      cookie,
      prepare,
      isThere,
      recorder = 'painted-log.mjs',
    }: {
      readonly url: string;
      readonly cookie?: string;
      readonly prepare?: (page: Page) => Promise<void>;
      readonly isThere: string;
      readonly recorder?: string;
    },
  ): Promise<PaintedPage> {
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
    const page = await context.newPage();
    const [name = '', value = ''] = (cookie ?? '').split('=', 2);
    if (cookie !== undefined) await context.addCookies([{ name, value, url: new URL(url).origin }]);
    const askedAtMs = performance.now();
    await page.goto(url, { timeout: LOADED_WITHIN_MS });
    await prepare?.(page);
    await page.locator(isThere).first().waitFor({ timeout: LOADED_WITHIN_MS });
    const shownAfterMs = performance.now() - askedAtMs;
    await page.evaluate(await readFile(join(import.meta.dirname, recorder), 'utf8'));
    const session = await context.newCDPSession(page);
    await session.send('Performance.enable');
    return new PaintedPage(context, page, session, shownAfterMs);
  }

  /** When this was painted first at or after that moment; `null` while it was not. Epoch milliseconds. */
  async paintedAt(key: string, sinceMs: number): Promise<number | null> {
    await this.take();
    return this.#painted.get(key)?.find((atMs) => atMs >= sinceMs) ?? null;
  }

  /** Fetches what the page has written down. */
  async take(): Promise<void> {
    const entries = (await this.page.evaluate('takePainted()')) as [string, number][];
    for (const [key, atMs] of entries) this.#painted.set(key, [...(this.#painted.get(key) ?? []), atMs]);
  }

  /** Milliseconds that the page's main thread has worked since it was opened. */
  async workedMs(): Promise<number> {
    const { metrics } = await this.#session.send('Performance.getMetrics');
    const seconds = metrics.find(({ name }) => name === 'TaskDuration')?.value;
    if (seconds === undefined) throw new Error('the browser does not tell how long the page worked');
    return seconds * 1_000;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#context.close();
  }
}
