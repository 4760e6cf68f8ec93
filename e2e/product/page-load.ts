import { gzipSync } from 'node:zlib';
import type { Page, Response } from '@playwright/test';

/** Loaded when somebody searches, and the button for it. */
const SEARCH = /\/pagefind\/|\/Search\./;
const BYTES_PER_KB = 1_000;

/** What Chromium's own observers have seen so far. Milliseconds from the navigation on; the sum of all shifts. */
export interface Vitals {
  readonly firstPaintMs: number;
  readonly largestPaintMs: number;
  readonly layoutShift: number;
}

/** Everything that a page fetches from now on, and what the browser says of its painting. */
export class PageLoad {
  readonly #page: Page;
  /** By address: what a page that was opened again fetches again counts once. */
  readonly #fetched = new Map<string, Response>();

  private constructor(page: Page) {
    this.#page = page;
    page.on('response', (response) => this.#fetched.set(response.url(), response));
  }

  /** Before the page is opened. */
  static async watch(page: Page): Promise<PageLoad> {
    await page.addInitScript(OBSERVE);
    return new PageLoad(page);
  }

  /** Scripts and stylesheets without those of the search, each compressed by gzip. kB */
  async weight(): Promise<number> {
    const isCounted = (one: Response): boolean =>
      /^(script|stylesheet)$/.test(one.request().resourceType()) && !SEARCH.test(one.url());
    const bodies = await this.#bodies(isCounted);
    return bodies.reduce((sum, body) => sum + gzipSync(body).length, 0) / BYTES_PER_KB;
  }

  /** Fonts, as they are. kB */
  async fonts(): Promise<number> {
    const bodies = await this.#bodies((one) => one.request().resourceType() === 'font');
    return bodies.reduce((sum, body) => sum + body.length, 0) / BYTES_PER_KB;
  }

  /** The page, its scripts and styles: as they came over the wire, and unpacked. kB */
  async transferred(): Promise<{ readonly wire: number; readonly unpacked: number }> {
    const isText = (one: Response): boolean =>
      /^(document|script|stylesheet)$/.test(one.request().resourceType());
    const texts = [...this.#fetched.values()].filter(isText);
    const sizes = await Promise.all(texts.map((one) => one.request().sizes()));
    const bodies = await this.#bodies(isText);
    return {
      wire: sizes.reduce((sum, { responseBodySize }) => sum + responseBodySize, 0) / BYTES_PER_KB,
      unpacked: bodies.reduce((sum, body) => sum + body.length, 0) / BYTES_PER_KB,
    };
  }

  vitals(): Promise<Vitals> {
    return this.#page.evaluate('readVitals()');
  }

  #bodies(isWanted: (one: Response) => boolean): Promise<Buffer[]> {
    const wanted = [...this.#fetched.values()].filter(isWanted);
    return Promise.all(wanted.map((one) => one.body()));
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
