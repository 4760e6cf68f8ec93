import type { CatalogExercise, ExerciseVerdict } from '#contract/api.ts';
import type { Language } from '#contract/language.ts';
import type { PaneTexts } from './texts.ts';

/** What a screen reader should hear when one verdict follows another; `null` when nothing of note changed. */
export function verdictChange(
  exercise: CatalogExercise,
  before: ExerciseVerdict | null,
  after: ExerciseVerdict,
  { language, texts }: { language: Language; texts: PaneTexts['exercise'] },
): string | null {
  const was = metChecks(before);
  const is = metChecks(after);
  const title = (id: string) => exercise.checks.find((check) => check.id === id)?.title[language] ?? id;
  const gained = [...is].filter((id) => !was.has(id)).map((id) => texts.announcePassed(title(id)));
  const lost = [...was].filter((id) => !is.has(id)).map((id) => texts.announceLost(title(id)));
  if (before === null || gained.length + lost.length === 0) return null;
  const summary = after.passed ? texts.passedBody : texts.announce(is.size, exercise.checks.length);
  return [...gained, ...lost, summary].join(' ');
}

function metChecks(verdict: ExerciseVerdict | null): ReadonlySet<string> {
  return new Set(verdict?.checks.filter((check) => check.verdict === 'passed').map((check) => check.id));
}
