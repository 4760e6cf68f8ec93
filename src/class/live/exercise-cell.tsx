import type { LiveCell, LiveExercise } from '#contract/class-live.ts';
import type { Language } from '#contract/language.ts';
import { useLive } from './live-context.ts';
import type { LiveTexts } from './texts.ts';

interface ExerciseCellProps {
  readonly exercise: LiveExercise;
  readonly cell: LiveCell | undefined;
  /** Of its section. */
  readonly isFirst: boolean;
}

/** How one learner stands at one exercise: form and colour, and all of it in words. */
export function ExerciseCell({ exercise, cell, isFirst }: ExerciseCellProps) {
  const { language, texts } = useLive();
  const words = `${exercise.lesson} ${exercise.title[language]}: ${cellWords(cell, texts, language)}`;
  return (
    <td class="lv-cell" data-first={isFirst ? '' : undefined}>
      <span
        class="lv-mark"
        role="img"
        data-exercise={exercise.id}
        data-state={cell?.state ?? 'none'}
        data-help={cell?.help ? '' : undefined}
        aria-label={words}
        title={words}
      />
    </td>
  );
}

function cellWords(
  cell: LiveCell | undefined,
  { cell: words }: Pick<LiveTexts, 'cell'>,
  language: Language,
): string {
  if (cell === undefined) return words.none;
  const { state, sinceMs, attempts, help } = cell;
  const parts = [
    state === 'tried' || sinceMs === null ? words.tried : words[state](momentWords(sinceMs, language)),
  ];
  if (attempts > 0) parts.push(words.attempts(attempts));
  if (help && help.hints > 0) parts.push(words.hints(help.hints));
  if (help?.solution) parts.push(words.solution);
  return parts.join(', ');
}

const FORMATS = new Map<string, Intl.DateTimeFormat>();
const DAY_MS = 24 * 3_600_000;

/** The time of day of what happened lately, else the day, too. Formats are dear to make. */
export function momentWords(atMs: number, language: Language): string {
  const isLate = Date.now() - atMs < DAY_MS / 2;
  const key = `${language} ${isLate}`;
  const made =
    FORMATS.get(key) ??
    new Intl.DateTimeFormat(language, {
      ...(isLate ? {} : { month: 'short', day: 'numeric' }),
      hour: '2-digit',
      minute: '2-digit',
      hourCycle: 'h23',
    });
  FORMATS.set(key, made);
  return made.format(atMs);
}
