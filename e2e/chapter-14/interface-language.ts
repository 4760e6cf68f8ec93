import { expect } from '@playwright/test';
import { EN } from '../../src/lab-pane/texts-en.ts';
import type { LabPage } from '../page/lab-page.ts';

/** Lesson and pane are in one language: no Hangul in the English ones, no English control in the Korean ones. */
export async function expectLanguage(lab: LabPage): Promise<void> {
  const text = await lab.page.evaluate(() =>
    [...document.querySelectorAll('main, lab-pane')]
      .map((part) => {
        const copy = part.cloneNode(true) as HTMLElement;
        // What the learner's own commands print is in no language of ours; style sheets are no text.
        for (const own of copy.querySelectorAll('.lp-terminal, style, script, [hreflang]')) own.remove();
        const names = [...copy.querySelectorAll('[title], [aria-label], [placeholder]')].flatMap((element) =>
          ['title', 'aria-label', 'placeholder'].map((name) => element.getAttribute(name) ?? ''),
        );
        return [copy.textContent ?? '', ...names].join('\n');
      })
      .join('\n'),
  );
  if (lab.language === 'en') {
    expect(text.match(/.{0,30}[가-힣]+.{0,30}/g) ?? []).toEqual([]);
    return;
  }
  expect((await lab.exercise.textContent()) ?? '').toMatch(/[가-힣]/);
  const names = await lab.pane
    .getByRole('button')
    .evaluateAll((all) => all.map((one) => (one.getAttribute('aria-label') ?? one.textContent ?? '').trim()));
  const english = new Set(
    [EN.tools, EN.question, EN.exercise, EN.prepare, EN.help].flatMap((group) =>
      Object.values(group).filter((word): word is string => typeof word === 'string'),
    ),
  );
  expect(names.filter((name) => english.has(name))).toEqual([]);
}
