import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { UnlockableExercises, Unlocked } from '#contract/class-help.ts';
import { ProblemNote } from '../../forms/problem-note.tsx';
import { useAction } from '../../forms/use-action.ts';
import { RichText } from '../../lab-pane/rich-text.tsx';
import { useClass } from '../class-context.ts';
import type { HelpTexts } from './texts.ts';

interface UnlockRowProps {
  readonly exercise: UnlockableExercises['exercises'][number];
  readonly unlocked: Unlocked | undefined;
  /** What the whole class has beside; only of a single learner. */
  readonly forAll: Unlocked | undefined;
  readonly texts: HelpTexts;
  readonly onSet: (unlocked: Unlocked) => Promise<void>;
}

/** One exercise: up to which hint, and whether the solution. */
export function UnlockRow({ exercise, unlocked, forAll, texts, onSet }: UnlockRowProps) {
  const { language } = useClass();
  const words = texts.unlock;
  const title = exercise.title[language];
  const action = useAction();
  /** As it was set here, until the server says how it is. */
  const pending = useSignal<Unlocked | null>(null);
  useEffect(() => {
    pending.value = null;
  }, [unlocked]);
  const now = pending.value ?? unlocked ?? { exercise: exercise.id, hints: 0, solution: false };
  const set = async (change: Partial<Unlocked>) => {
    const { hints, solution } = { ...now, ...change };
    const wanted = { exercise: exercise.id, hints, solution };
    pending.value = wanted;
    if (!(await action.run(() => onSet(wanted)))) pending.value = null;
  };
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
          disabled={exercise.hints === 0}
          value={String(now.hints)}
          data-open={now.hints > 0}
          onChange={(event) => void set({ hints: Number(event.currentTarget.value) })}
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
          checked={now.solution}
          onChange={(event) => void set({ solution: event.currentTarget.checked })}
        />
        {words.solution}
      </label>
      <ProblemNote problem={action.problem} language={language} />
    </li>
  );
}
