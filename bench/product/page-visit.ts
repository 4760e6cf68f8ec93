import type { Browser, Page } from '@playwright/test';
import { PageLoad } from '../../e2e/product/page-load.ts';

const LOADED_WITHIN_MS = 20_000;

export interface PageVisit extends AsyncDisposable {
  readonly page: Page;
  readonly load: PageLoad;
}

/** With an empty cache, until nothing is fetched any more or, of a page that streams, until its element is there. */
export async function openVisit(
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
): Promise<PageVisit> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  const page = await context.newPage();
  const [name = '', value = ''] = (cookie ?? '').split('=', 2);
  if (cookie !== undefined) await context.addCookies([{ name, value, url: new URL(url).origin }]);
  const load = await PageLoad.watch(page);
  await page.goto(url, { timeout: LOADED_WITHIN_MS });
  await page.locator(isThere).first().waitFor({ timeout: LOADED_WITHIN_MS });
  if (!isStreaming) await page.waitForLoadState('networkidle');
  return { page, load, [Symbol.asyncDispose]: () => context.close() };
}
