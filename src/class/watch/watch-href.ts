import type { Language } from '#contract/language.ts';

/** Address of the page on which a learner sees what an instructor shows. */
export function showHref(language: Language): string {
  return `/${language}/watch/`;
}

/** Address of the page on which an instructor watches a learner's lab. */
export function watchHref(language: Language, cohort: string, learner: string): string {
  return `/${language}/watch/?${new URLSearchParams({ cohort, learner })}`;
}
