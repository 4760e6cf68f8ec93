import type { AnsweredHand, UnlockableExercises } from '#contract/class-help.ts';
import { useClass } from '../class-context.ts';
import { exerciseTitle } from './hands-card.tsx';
import type { HelpTexts } from './texts.ts';

interface AnsweredListProps {
  readonly answered: readonly AnsweredHand[];
  readonly exercises: UnlockableExercises['exercises'];
  readonly texts: HelpTexts;
}

/** Hands that were lowered, and by whom: who was helped a moment ago may need a second look. */
export function AnsweredList({ answered, exercises, texts }: AnsweredListProps) {
  const { language } = useClass();
  const time = new Intl.DateTimeFormat(language, { timeStyle: 'short' });
  if (answered.length === 0) return null;
  return (
    <details class="ch-answered">
      <summary>{texts.hands.answered}</summary>
      <ul>
        {answered.map((hand) => (
          <li key={`${hand.learner} ${hand.atMs}`}>
            <time class="fm-quiet" dateTime={new Date(hand.atMs).toISOString()}>
              {time.format(hand.atMs)}
            </time>
            <span>
              <strong>{hand.name}</strong>{' '}
              <span class="fm-quiet">
                {hand.by === null ? texts.hands.lowered : texts.hands.answeredBy(hand.by)} ·{' '}
                {exerciseTitle(exercises, hand.exercise, language) ?? texts.hands.noExercise}
              </span>
              {hand.words !== '' && <p>{hand.words}</p>}
            </span>
          </li>
        ))}
      </ul>
    </details>
  );
}
