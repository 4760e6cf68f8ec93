import type { LiveExercise } from '#contract/class-live.ts';
import { useLive } from './live-context.ts';
import { sectionsOf } from './sections.ts';
import type { Standing } from './shown-learners.ts';

interface TableHeadProps {
  readonly standings: readonly Standing[];
  readonly isAll: boolean;
  readonly isSome: boolean;
  readonly onAll: () => void;
}

/** Widths of all columns: a table of fixed layout looks no further than its first row. */
export function TableColumns() {
  const { exercises } = useLive();
  return (
    <>
      <colgroup>
        <col class="lv-choose" />
        <col class="lv-who" />
        <col class="lv-now" />
        <col class="lv-lab" />
      </colgroup>
      <colgroup>
        {exercises.map(({ id }) => (
          <col key={id} class="lv-column" />
        ))}
      </colgroup>
      <colgroup>
        <col class="lv-sum" />
      </colgroup>
    </>
  );
}

export function TableHead({ standings, isAll, isSome, onAll }: TableHeadProps) {
  const { texts, exercises } = useLive();
  const { table } = texts;
  const sections = sectionsOf(exercises);
  return (
    <thead>
      <tr>
        <th class="lv-choose" rowSpan={2}>
          <input
            type="checkbox"
            aria-label={table.selectAll}
            checked={isAll}
            indeterminate={isSome && !isAll}
            onChange={onAll}
          />
          <span class="lv-choose-words" aria-hidden="true">
            {table.selectAll}
          </span>
        </th>
        <th class="lv-who" rowSpan={2} scope="col">
          {table.learner}
        </th>
        <th class="lv-now" rowSpan={2} scope="col">
          {table.now}
        </th>
        <th class="lv-lab" rowSpan={2} scope="col">
          {table.lab}
        </th>
        {sections.map(({ lesson, exercises }) => (
          <th key={lesson} class="lv-section" colSpan={exercises.length} scope="colgroup">
            <span title={table.section(lesson)}>{lesson}</span>
          </th>
        ))}
        <th class="lv-sum" rowSpan={2} scope="col">
          {table.passed}
        </th>
      </tr>
      <tr>
        {sections.flatMap(({ exercises }) =>
          exercises.map((exercise, index) => (
            <Column key={exercise.id} exercise={exercise} number={index + 1} standings={standings} />
          )),
        )}
      </tr>
    </thead>
  );
}

interface ColumnProps {
  readonly exercise: LiveExercise;
  /** Within its section. */
  readonly number: number;
  readonly standings: readonly Standing[];
}

/** A column's number, and how the class stands there. */
function Column({ exercise, number, standings }: ColumnProps) {
  const { language, texts } = useLive();
  const count = (state: string) =>
    standings.filter(({ learner }) => learner.cells[exercise.id]?.state === state).length;
  const [passed, stuck] = [count('passed'), count('stuck')];
  const counts = texts.table.columnCounts(passed, count('trying'), stuck);
  const title = exercise.title[language] + (exercise.extra ? ` · ${texts.cell.extra}` : '');
  const words = texts.table.exercise(`${exercise.lesson} ${title}`, counts);
  const share = standings.length === 0 ? 0 : passed / standings.length;
  return (
    <th class="lv-column" data-first={number === 1 ? '' : undefined} scope="col" title={words}>
      <span class="lp-hidden">{words}</span>
      <span aria-hidden="true" class="lv-number" data-extra={exercise.extra ? '' : undefined}>
        {number}
      </span>
      <span aria-hidden="true" class="lv-share" style={{ '--share': share }} />
    </th>
  );
}
