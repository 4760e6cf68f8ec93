import { test as base, type Page } from '@playwright/test';
import type { Language } from '../../contract/language.ts';
import { LabPage } from '../page/lab-page.ts';
import { PageDiary } from './page-diary.ts';
import { ProductServer, type ServerSettings } from './product-server.ts';

type StorageState = Awaited<ReturnType<ReturnType<Page['context']>['storageState']>>;

interface WorkerFixtures {
  /** One server for all tests of a worker that need nothing special. */
  readonly product: ProductServer;
  readonly learnerState: StorageState;
}

interface TestFixtures {
  /** A server of this test alone, stopped and searched for leftovers at its end. */
  readonly startProduct: (settings?: ServerSettings) => Promise<ProductServer>;
  /** A page whose browser has signed in at the shared server. */
  readonly learner: Page;
  /** Lesson 14.1 with a running lab and a fresh prompt. */
  readonly lab: LabPage;
  readonly language: Language;
}

export const test = base.extend<TestFixtures, WorkerFixtures>({
  language: ['ko', { option: true }],

  product: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of the fixtures that are asked for
    async ({}, use) => {
      const server = await ProductServer.start();
      await use(server);
      await server.dispose();
    },
    { scope: 'worker', timeout: 120_000 },
  ],

  learnerState: [
    async ({ product, browser }, use) => {
      const context = await browser.newContext();
      const page = await context.newPage();
      await signIn(page, product);
      await use(await context.storageState());
      await context.close();
    },
    { scope: 'worker' },
  ],

  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of the fixtures that are asked for
  startProduct: async ({}, use, testInfo) => {
    const servers: ProductServer[] = [];
    await use(async (settings) => {
      const server = await ProductServer.start(settings);
      servers.push(server);
      return server;
    });
    for (const server of servers) {
      if (testInfo.status !== testInfo.expectedStatus) await attachLog(testInfo, server);
      await server.dispose();
    }
  },

  learner: async ({ browser, product, learnerState, language }, use, testInfo) => {
    const context = await browser.newContext({
      baseURL: product.origin,
      storageState: learnerState,
      locale: language,
      permissions: ['clipboard-read', 'clipboard-write'],
    });
    const diary = new PageDiary(context);
    await use(await context.newPage());
    if (testInfo.status !== testInfo.expectedStatus) {
      await attachLog(testInfo, product);
      await testInfo.attach('browser.log', { body: diary.toString(), contentType: 'text/plain' });
    }
    await context.close();
  },

  lab: async ({ learner, product, language }, use) => {
    const lab = new LabPage(learner, product.origin, language);
    await lab.closeTerminals();
    await lab.open();
    await lab.start();
    await use(lab);
  },
});

export { expect } from '@playwright/test';

/** As its user does it: opens the address that the server printed. */
export async function signIn(page: Page, server: ProductServer, link = server.launchLink): Promise<void> {
  await page.goto(link);
  await page.waitForFunction(
    async () => ((await (await fetch('/api/me')).json()) as { signedIn: boolean }).signedIn,
  );
}

async function attachLog(
  testInfo: { attach(name: string, options: { body: string; contentType: string }): Promise<void> },
  server: ProductServer,
): Promise<void> {
  await testInfo.attach('server.log', { body: server.log, contentType: 'text/plain' });
}
