import type { Browser, BrowserContext, Page } from '@playwright/test';
import type { LabSessionView } from '../../contract/api.ts';
import type { CohortView } from '../../contract/class-api.ts';
import type { Language } from '../../contract/language.ts';
import type { ProductServer } from '../product/product-server.ts';
import { LabPage } from './lab-page.ts';

const HEADERS = { 'x-rollout-lab': '1' };
const INSTRUCTOR = '한지우';

/** Somebody in a browser of their own. */
export class Person {
  readonly context: BrowserContext;
  readonly page: Page;
  readonly #origin: string;

  constructor(context: BrowserContext, page: Page, origin: string) {
    this.context = context;
    this.page = page;
    this.#origin = origin;
  }

  async post<T>(path: string, data: object): Promise<T> {
    const headers = { ...HEADERS, origin: this.#origin };
    const answer = await this.page.request.post(`${this.#origin}${path}`, { data, headers });
    if (!answer.ok()) throw new Error(`${path}: ${answer.status()} ${await answer.text()}`);
    return (answer.status() === 204 ? null : await answer.json()) as T;
  }

  labPage(language: Language): LabPage {
    return new LabPage(this.page, this.#origin, language);
  }

  /** The learner's open labs, as the server tells them. */
  async labs(): Promise<LabSessionView[]> {
    const answer = await this.page.request.get(`${this.#origin}/api/lab-sessions`);
    return ((await answer.json()) as LabSessionView[]).filter(({ status }) => status.state !== 'closed');
  }
}

export async function personIn(browser: Browser, origin: string, locale: Language = 'ko'): Promise<Person> {
  const context = await browser.newContext({ baseURL: origin, locale });
  return new Person(context, await context.newPage(), origin);
}

/** A class with its instructor and learners who have joined; nobody's page is open. */
export async function classWith(browser: Browser, product: ProductServer, names: readonly string[]) {
  const teacher = await personIn(browser, product.origin);
  await teacher.post('/api/class/links/use', {
    token: product.launchLink.replace(/.*#k=/, ''),
    account: { name: INSTRUCTOR, passphrase: 'wind and paper boats' },
  });
  const cohort = await teacher.post<CohortView>('/api/cohorts', { name: '화요일 반', seats: 30 });
  const learners = await Promise.all(
    names.map(async (name) => {
      const learner = await personIn(browser, product.origin);
      await learner.post('/api/join', { code: cohort.joinCode, name });
      return learner;
    }),
  );
  return { teacher, cohort, learners, people: `/ko/class/?cohort=${cohort.id}&view=people` };
}
