import { gzipSync } from 'node:zlib';
import type { Browser, BrowserContext, Page, Response } from '@playwright/test';

const LOADED_WITHIN_MS = 20_000;
/** Loaded when somebody searches, and the button for it. */
const SEARCH = /\/pagefind\/|\/Search\./;
const BYTES_PER_KB = 1_000;

/** What Chromium's own observers have seen so far. Milliseconds from the navigation on; the sum of all shifts. */
export interface Vitals {
  readonly firstPaintMs: number;
  readonly largestPaintMs: number;
  readonly layoutShift: number;
}

/** One visit with an empty cache: everything that was fetched, and what the browser says of its painting. */
export class PageLoad implements AsyncDisposable {
  readonly page: Page;
  readonly #context: BrowserContext;
  readonly #responses: Response[] = [];

  private constructor(context: BrowserContext, page: Page) {
    this.#context = context;
    this.page = page;
    page.on('response', (response) => this.#responses.push(response));
  }

  static async open(
    browser: Browser,
    {
      url,
      cookie,
      isThere,
      isStreaming = false,
    }: {
      readonly url: string;
      readonly cookie?: string;
      readonly isThere: string;
      /** It goes on hearing from the server: the network never rests. */
      readonly isStreaming?: boolean;
    },
  ): Promise<PageLoad> {
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
    const page = await context.newPage();
    const [name = '', value = ''] = (cookie ?? '').split('=', 2);
    if (cookie !== undefined) await context.addCookies([{ name, value, url: new URL(url).origin }]);
    await page.addInitScript(OBSERVE);
    const load = new PageLoad(context, page);
    await page.goto(url, { timeout: LOADED_WITHIN_MS });
    await page.locator(isThere).first().waitFor({ timeout: LOADED_WITHIN_MS });
    if (!isStreaming) await page.waitForLoadState('networkidle');
    return load;
  }

  /** Scripts and stylesheets without those of the search, each compressed by gzip. kB */
  async weight(): Promise<number> {
    const bodies = await this.#bodies(
      ({ request, url }) => /^(script|stylesheet)$/.test(request) && !SEARCH.test(url),
    );
    return bodies.reduce((sum, body) => sum + gzipSync(body).length, 0) / BYTES_PER_KB;
  }

  /** Fonts, as they are. kB */
  async fonts(): Promise<number> {
    const bodies = await this.#bodies(({ request }) => request === 'font');
    return bodies.reduce((sum, body) => sum + body.length, 0) / BYTES_PER_KB;
  }

  /** The page, its scripts and styles: as they came over the wire, and unpacked. kB */
  async transferred(): Promise<{ readonly wire: number; readonly unpacked: number }> {
    const texts = this.#responses.filter((one) =>
      /^(document|script|stylesheet)$/.test(one.request().resourceType()),
    );
    const sizes = await Promise.all(texts.map((one) => one.request().sizes()));
    const bodies = await Promise.all(texts.map((one) => one.body()));
    return {
      wire: sizes.reduce((sum, { responseBodySize }) => sum + responseBodySize, 0) / BYTES_PER_KB,
      unpacked: bodies.reduce((sum, body) => sum + body.length, 0) / BYTES_PER_KB,
    };
  }

  vitals(): Promise<Vitals> {
    return this.page.evaluate('readVitals()');
  }

  async #bodies(wanted: (one: { request: string; url: string }) => boolean): Promise<Buffer[]> {
    const some = this.#responses.filter((one) =>
      wanted({ request: one.request().resourceType(), url: one.url() }),
    );
    return Promise.all(some.map((one) => one.body()));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#context.close();
  }
}

const OBSERVE = `{
  let [first, largest, shift] = [0, 0, 0];
  const on = (type, see) =>
    new PerformanceObserver((list) => list.getEntries().forEach(see)).observe({ type, buffered: true });
  on('paint', (entry) => { if (entry.name === 'first-contentful-paint') first = entry.startTime; });
  on('largest-contentful-paint', (entry) => { largest = entry.startTime; });
  on('layout-shift', (entry) => { if (!entry.hadRecentInput) shift += entry.value; });
  globalThis.readVitals = () => ({ firstPaintMs: first, largestPaintMs: largest, layoutShift: shift });
}`;
