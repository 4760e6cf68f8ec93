import { type Locator, type Page, test } from '@playwright/test';

const TRIES = 4;
const ALIVE_WITHIN_MS = 8_000;

/**
 * Opens a page of the site and sees that its scripts run. Chromium drops requests that are under way whenever an
 * interface of this machine gets or loses an address (`ERR_NETWORK_CHANGED`), and other labs on the same engine
 * come and go: then it reloads, as a user does, and the report says so.
 */
export async function gotoAlive(page: Page, url: string): Promise<void> {
  await alive(page, () => page.goto(url));
}

export async function reloadAlive(page: Page): Promise<void> {
  await alive(page, () => page.reload());
}

/** Follows a link of the page to an address that matches. */
export async function followAlive(page: Page, link: Locator, address: RegExp): Promise<void> {
  await alive(page, async () => {
    // After an interruption the address may be there already, without its scripts.
    if (address.test(page.url())) await page.reload();
    else await link.click();
    await page.waitForURL(address);
  });
}

async function alive(page: Page, load: () => Promise<unknown>): Promise<void> {
  let wasInterrupted = false;
  page.on('requestfailed', (request) => {
    wasInterrupted ||= request.failure()?.errorText === 'net::ERR_NETWORK_CHANGED';
  });
  for (let tried = 1; ; tried++) {
    wasInterrupted = false;
    try {
      await load();
      // Every page has the search; its button waits for its script.
      await page.locator('site-search > button:enabled').waitFor({ timeout: ALIVE_WITHIN_MS });
      const emptyPane = page.locator('lab-pane:not(:has(.lp-frame))');
      await emptyPane.waitFor({ state: 'detached', timeout: ALIVE_WITHIN_MS });
      return;
    } catch (failure) {
      const isNetworkChange = wasInterrupted || String(failure).includes('ERR_NETWORK_CHANGED');
      if (!isNetworkChange || tried === TRIES) throw failure;
      test.info().annotations.push({ type: 'reloaded', description: `ERR_NETWORK_CHANGED at ${page.url()}` });
    }
  }
}
