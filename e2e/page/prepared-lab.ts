import type { Page } from '@playwright/test';
import type { Language } from '../../contract/language.ts';
import { InnerEngines } from '../product/inner-engines.ts';
import { poll } from '../product/poll.ts';
import type { ProductServer } from '../product/product-server.ts';
import { signIn } from '../product/test.ts';
import { LabPage } from './lab-page.ts';

const PREPARED_WITHIN_MS = 120_000;

export interface PreparedLab {
  readonly lab: LabPage;
  readonly engines: InnerEngines;
  readonly sessionId: string;
}

/** A fresh lab of a fresh server at the start of an exercise, with a prompt, and the engines in it. */
export async function preparedLab(
  page: Page,
  product: ProductServer,
  {
    lesson,
    exercise,
    language = 'ko',
  }: { readonly lesson: string; readonly exercise: string; readonly language?: Language },
): Promise<PreparedLab> {
  const lab = new LabPage(page, product.origin, language, lesson);
  await signIn(page, product);
  await lab.open();
  await lab.start();
  const before = await lab.session();
  const sessionId = before?.id ?? '';
  await lab.post(`/api/lab-sessions/${sessionId}/prepare`, { exercise });
  const terminal = await poll(
    `${exercise} is prepared`,
    async () => {
      const session = await lab.session();
      const isReady = session?.status.state === 'ready' && session.generation > (before?.generation ?? 0);
      return isReady && session.terminals[0]?.id;
    },
    PREPARED_WITHIN_MS,
  );
  await lab.terminal.expectPrompt(PREPARED_WITHIN_MS);
  return { lab, engines: await InnerEngines.ofTerminal(product, terminal), sessionId };
}

export function switchPower({ lab, sessionId }: PreparedLab, node: string, on: boolean): Promise<unknown> {
  return lab.post(`/api/lab-sessions/${sessionId}/nodes/${node}/power`, { to: on ? 'on' : 'off' });
}
