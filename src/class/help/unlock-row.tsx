import type { UnlockableExercises, Unlocked } from '#contract/class-help.ts';
import { RichText } from '../../lab-pane/rich-text.tsx';
import { useClass } from '../class-context.ts';
import type { HelpTexts } from './texts.ts';

interface UnlockRowProps {
  readonly exercise: UnlockableExercises['exercises'][number];
  readonly unlocked: Unlocked | undefined;
  /** What the whole class has beside; only of a single learner. */
  readonly forAll: Unlocked | undefined;
  readonly isBusy: boolean;
  readonly texts: HelpTexts;
  readonly onSet: (unlocked: Unlocked) => void;
}

/** One exercise: up to which hint, and whether the solution. */
export function UnlockRow({ exercise, unlocked, forAll, isBusy, texts, onSet }: UnlockRowProps) {
  const { language } = useClass();
  const words = texts.unlock;
  const title = exercise.title[language];
  const now = { exercise: exercise.id, hints: unlocked?.hints ?? 0, solution: unlocked?.solution ?? false };
  const shared = [
    ...(forAll !== undefined && forAll.hints > 0 ? [words.upTo(forAll.hints)] : []),
    ...(forAll?.solution ? [words.solution] : []),
  ];
  return (
    <li class="ch-unlock">
      <div>
        <RichText text={title} />
        {shared.length > 0 && (
          <span class="fm-quiet">
            {' '}
            {words.forAll}: {shared.join(', ')}
          </span>
        )}
      </div>
      <label class="ch-hints">
        <span>{words.hints}</span>
        <select
          aria-label={words.hintsOf(title)}
          disabled={isBusy || exercise.hints === 0}
          value={String(now.hints)}
          data-open={now.hints > 0}
          onChange={(event) => onSet({ ...now, hints: Number(event.currentTarget.value) })}
        >
          <option value="0">{words.noHints}</option>
          {Array.from({ length: exercise.hints }, (_, index) => (
            <option key={index} value={String(index + 1)}>
              {words.upTo(index + 1)}
            </option>
          ))}
        </select>
      </label>
      <label class="ch-solution">
        <input
          type="checkbox"
          aria-label={words.solutionOf(title)}
          disabled={isBusy}
          checked={now.solution}
          onChange={(event) => onSet({ ...now, solution: event.currentTarget.checked })}
        />
        {words.solution}
      </label>
    </li>
  );
}
