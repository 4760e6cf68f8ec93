import type { Page } from '@playwright/test';
import { LANGUAGES } from '../contract/language.ts';
import { gotoAlive } from './page/goto-alive.ts';
import { PageDiary } from './product/page-diary.ts';
import type { ProductServer } from './product/product-server.ts';
import { expect, test } from './product/test.ts';

const LESSONS = [1, 2, 3, 4, 5, 6].map((section) => `chapter-14/14-${section}/`);
const PAGES = ['', 'chapter-14/', ...LESSONS, 'glossary/'];

// Several tests open every page in both languages.
test.describe.configure({ timeout: 240_000 });

function addresses(product: ProductServer): string[] {
  return LANGUAGES.flatMap((language) => PAGES.map((path) => `${product.origin}/${language}/${path}`));
}

test('the first page is in the language of the browser, later in the one that was chosen', async ({
  browser,
  product,
}) => {
  for (const [locale, expected] of [
    ['ko-KR', 'ko'],
    ['en-GB', 'en'],
    ['fr-FR', 'ko'],
  ] as const) {
    await using context = await browser.newContext({ locale });
    const page = await context.newPage();
    await gotoAlive(page, `${product.origin}/`);
    expect(new URL(page.url()).pathname).toBe(`/${expected}/`);
    await expect(page.locator('html')).toHaveAttribute('lang', expected);
  }
  await using context = await browser.newContext({ locale: 'ko-KR' });
  const page = await context.newPage();
  await gotoAlive(page, `${product.origin}/ko/glossary/`);
  await page.getByRole('link', { name: 'English', exact: true }).click();
  await expect(page).toHaveURL(/\/en\/glossary\/$/);
  await gotoAlive(page, `${product.origin}/`);
  expect(new URL(page.url()).pathname).toBe('/en/');
});

test('no page has errors, policy violations, dead links or needs the internet', async ({
  learner,
  product,
}) => {
  const diary = new PageDiary(learner.context());
  const foreign: string[] = [];
  learner.on('request', (request) => {
    if (!request.url().startsWith(product.origin) && !request.url().startsWith('data:'))
      foreign.push(request.url());
  });
  const links = new Set<string>();
  for (const address of addresses(product)) {
    await gotoAlive(learner, address);
    await learner.waitForLoadState('networkidle').catch(() => {});
    for (const href of await hrefs(learner))
      if (href.startsWith(product.origin)) links.add(href.replace(/#.*/, ''));
  }
  const isOurs = (line: string) => !/NETWORK_CHANGED|ERR_ABORTED/.test(line);
  expect(diary.complaints.filter(isOurs)).toEqual([]);
  expect(foreign).toEqual([]);
  for (const link of links) expect((await learner.request.get(link)).status(), link).toBe(200);
});

async function hrefs(page: Page): Promise<string[]> {
  return page.locator('a[href]').evaluateAll((all) => all.map((one) => (one as HTMLAnchorElement).href));
}

for (const scheme of ['light', 'dark'] as const) {
  test(`on a phone, ${scheme}, nothing sticks out and text and lab change places`, async ({
    browser,
    product,
  }) => {
    await using context = await browser.newContext({
      viewport: { width: 390, height: 844 },
      colorScheme: scheme,
    });
    const page = await context.newPage();
    for (const address of addresses(product)) {
      await gotoAlive(page, address);
      await expect(page.locator('html')).toHaveAttribute('data-theme', scheme);
      const overflowPx = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      expect(overflowPx, address).toBeLessThanOrEqual(0);
    }
    await gotoAlive(page, `${product.origin}/en/chapter-14/14-1/`);
    await expect(page.locator('lab-pane')).toBeHidden();
    await page.getByRole('button', { name: 'Lab', exact: true }).click();
    await expect(page.locator('lab-pane')).toBeVisible();
    await page.getByRole('button', { name: 'Text', exact: true }).click();
    await expect(page.locator('lab-pane')).toBeHidden();
  });
}

test('text can be read in both themes', async ({ browser, product }) => {
  for (const colorScheme of ['light', 'dark'] as const) {
    await using context = await browser.newContext({ colorScheme });
    const page = await context.newPage();
    for (const address of addresses(product)) {
      await gotoAlive(page, address);
      expect(await faintTexts(page), `${address} ${colorScheme}`).toEqual([]);
    }
  }
});

/** Words whose colour stands out from a plain background by less than WCAG AA asks for. */
function faintTexts(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
    const rgba = (colour: string): number[] => {
      if (canvas === null) return [];
      canvas.clearRect(0, 0, 1, 1);
      canvas.fillStyle = colour;
      canvas.fillRect(0, 0, 1, 1);
      return [...canvas.getImageData(0, 0, 1, 1).data];
    };
    const luminance = ([r = 0, g = 0, b = 0]: number[]): number => {
      const [red = 0, green = 0, blue = 0] = [r, g, b].map((value) => {
        const part = value / 255;
        return part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
      });
      return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
    };
    const backgroundOf = (element: Element | null): number[] | null => {
      for (let at = element; at !== null; at = at.parentElement) {
        const style = getComputedStyle(at);
        if (style.backgroundImage !== 'none') return null;
        const colour = rgba(style.backgroundColor);
        if (colour[3] === 255) return colour;
        if (colour[3] !== 0) return null;
      }
      return [255, 255, 255, 255];
    };
    const faint = new Set<string>();
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
      const element = node.parentElement;
      const text = node.textContent?.trim() ?? '';
      if (element === null || text === '' || !element.checkVisibility({ visibilityProperty: true })) continue;
      if (element.closest('svg, script, style, noscript, [disabled], .lp-hidden, [inert]')) continue;
      const style = getComputedStyle(element);
      const colour = rgba(style.color);
      const background = backgroundOf(element);
      if (background === null || colour[3] !== 255) continue;
      const [a, b] = [luminance(colour), luminance(background)];
      const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
      const isLarge = Number.parseFloat(style.fontSize) >= 24;
      if (ratio < (isLarge ? 3 : 4.5)) faint.add(`${ratio.toFixed(2)} ${text.slice(0, 40)}`);
    }
    return [...faint];
  });
}

test('every control has a name, every picture a text, and headings don’t skip', async ({ lab, product }) => {
  const page = lab.page;
  for (const address of addresses(product)) {
    await gotoAlive(page, address);
    // Either language: the pane is there once it has tabs.
    if (address.includes('14-1')) await expect(lab.pane.getByRole('tab').first()).toBeVisible();
    const nameless = await page
      .getByRole('button', { name: /^\s*$/ })
      .or(page.getByRole('link', { name: /^\s*$/ }))
      .or(page.getByRole('textbox', { name: /^\s*$/ }))
      .or(page.getByRole('combobox', { name: /^\s*$/ }))
      .or(page.getByRole('img', { name: /^\s*$/ }))
      .evaluateAll((all) => all.map((one) => one.outerHTML.slice(0, 120)));
    expect(nameless, address).toEqual([]);
    await expect(page.getByRole('heading', { level: 1 }), address).toHaveCount(1);
    const levels = await page
      .locator('main :is(h1, h2, h3, h4, h5)')
      .evaluateAll((all) =>
        all.filter((one) => !one.closest('lab-pane')).map(({ tagName }) => Number(tagName[1])),
      );
    levels.reduce((above, level) => {
      expect(level - above, address).toBeLessThanOrEqual(1);
      return level;
    }, 0);
    const doubled = await page.evaluate(() => {
      const ids = [...document.querySelectorAll('[id]')].map(({ id }) => id);
      return ids.filter((id, index) => ids.indexOf(id) !== index);
    });
    expect(doubled, address).toEqual([]);
  }
});

test('search finds a Korean word with an ending, and English words', async ({ learner, product }) => {
  for (const [language, query, found] of [
    ['ko', '스택으로', 'chapter-14/14-1'],
    ['ko', '레플리카에게', 'glossary'],
    ['en', 'rolling update', 'chapter-14/14-1'],
  ] as const) {
    await gotoAlive(learner, `${product.origin}/${language}/`);
    await learner.keyboard.press('Control+k');
    const dialog = learner.getByRole('dialog');
    await dialog.getByRole('searchbox').fill(query);
    const hit = dialog.locator(`a[href*="/${found}/"]`).first();
    await expect(hit).toBeVisible();
    await learner.keyboard.press('ArrowDown');
    await expect(dialog.getByRole('link').first()).toBeFocused();
    await hit.click();
    await expect(learner).toHaveURL(new RegExp(`/${language}/${found}/`));
  }
});

test('the chosen theme and the width of the lab are remembered', async ({ learner, product }) => {
  await gotoAlive(learner, `${product.origin}/ko/chapter-14/14-1/`);
  const divider = learner.getByRole('separator', { name: /너비/ });
  const before = Number(await divider.getAttribute('aria-valuenow'));
  await divider.focus();
  await learner.keyboard.press('ArrowRight');
  await learner.keyboard.press('ArrowRight');
  const after = Number(await divider.getAttribute('aria-valuenow'));
  expect(after).toBeGreaterThan(before);
  await learner.getByRole('combobox', { name: /테마/ }).first().selectOption('dark');
  await gotoAlive(learner, `${product.origin}/en/chapter-14/14-1/`);
  await expect(learner.locator('html')).toHaveAttribute('data-theme', 'dark');
  await expect(learner.getByRole('separator', { name: /Width/ })).toHaveAttribute(
    'aria-valuenow',
    String(after),
  );
});
