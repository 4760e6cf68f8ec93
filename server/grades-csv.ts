import type { AttemptRecord, Grades, LearnerGrades } from '#contract/class-grades.ts';
import type { LearnerId } from '#contract/ids.ts';
import type { Language } from '#contract/language.ts';
import { csvRows, csvText } from './csv.ts';
import { zonedTime } from './zoned-time.ts';

interface CsvOptions {
  readonly lang: Language;
  /** IANA name; UTC without. */
  readonly zone?: string | undefined;
}

const PROGRESS_HEADER: Readonly<Record<Language, readonly string[]>> = {
  ko: [
    ...['학습자 ID', '이름', '명단에서 뺀 시각', '실습', '실습 판', '시도 횟수', '첫 시도', '마지막 시도'],
    ...['처음 통과한 시각', '통과한 판', '본 힌트', '풀이를 본 시각'],
  ],
  en: [
    ...['Learner ID', 'Name', 'Removed at', 'Exercise', 'Exercise revision', 'Attempts', 'First attempt'],
    ...['Last attempt', 'First passed at', 'Passed revision', 'Hints shown', 'Solution shown at'],
  ],
};
const ATTEMPTS_HEADER: Readonly<Record<Language, readonly string[]>> = {
  ko: ['번호', '학습자 ID', '이름', '명단에서 뺀 시각', '실습', '실습 판', '시각', '확인한 방법', '통과'],
  en: [
    ...['Number', 'Learner ID', 'Name', 'Removed at', 'Exercise', 'Exercise revision', 'At', 'Checked by'],
    'Passed',
  ],
};

/**
 * A line per learner and exercise, in chunks of a page of learners.
 * @throws {LabError} TIME_ZONE_UNKNOWN, at once
 */
export function progressCsv(
  { lang, zone, exercises }: CsvOptions & Pick<Grades, 'exercises'>,
  pageAfter: (learner: LearnerId | null) => readonly LearnerGrades[],
): Iterable<string> {
  const time = zonedTime(zone);
  const revisions = new Map(exercises.map(({ id, revision }): [string, number] => [id, revision]));
  const rowsOf = ({ id, name, removedAtMs, exercises: grades }: LearnerGrades) =>
    grades.map((grade) => [
      ...[id, name, time(removedAtMs), grade.exercise, revisions.get(grade.exercise) ?? null, grade.attempts],
      ...[time(grade.firstAttemptAtMs), time(grade.lastAttemptAtMs), time(grade.metAtMs), grade.metRevision],
      ...[grade.hintsShown, time(grade.solutionAtMs)],
    ]);
  return chunks(PROGRESS_HEADER[lang], pageAfter, (page) => page.flatMap(rowsOf));
}

/** A line per attempt, in chunks of a page. @throws {LabError} TIME_ZONE_UNKNOWN, at once */
export function attemptsCsv(
  { lang, zone }: CsvOptions,
  pageAfter: (attempt: number) => readonly AttemptRecord[],
): Iterable<string> {
  const time = zonedTime(zone);
  const row = (one: AttemptRecord) => [
    ...[one.id, one.learner, one.name, time(one.removedAtMs), one.exercise, one.revision, time(one.atMs)],
    ...[one.trigger, one.passed ? 1 : 0],
  ];
  return chunks(
    ATTEMPTS_HEADER[lang],
    (after: number | null) => pageAfter(after ?? 0),
    (page) => page.map(row),
  );
}

function* chunks<Entry extends { readonly id: unknown }>(
  header: readonly string[],
  pageAfter: (last: Entry['id'] | null) => readonly Entry[],
  rowsOf: (page: readonly Entry[]) => readonly (readonly (string | number | null)[])[],
): Iterable<string> {
  yield csvText([header]);
  let page = pageAfter(null);
  while (page.length > 0) {
    yield csvRows(rowsOf(page));
    page = pageAfter(page.at(-1)?.id ?? null);
  }
}
