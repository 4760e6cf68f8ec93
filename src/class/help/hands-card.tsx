import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { CohortHelpEvent, RaisedHand, UnlockableExercises } from '#contract/class-help.ts';
import { handDone, releaseHand, takeHand } from '../../api-client/class-help-api.ts';
import { ProblemNote } from '../../forms/problem-note.tsx';
import { useAction } from '../../forms/use-action.ts';
import { useClass } from '../class-context.ts';
import { AnsweredList } from './answered-list.tsx';
import type { HelpTexts } from './texts.ts';

const MINUTE_MS = 60_000;
const TICK_MS = 10_000;

export interface HandsCardProps {
  readonly cohort: string;
  readonly hands: Extract<CohortHelpEvent, { readonly type: 'hands' }>;
  /** Whether learners may raise one. */
  readonly isOn: boolean;
  readonly exercises: UnlockableExercises['exercises'];
  readonly texts: HelpTexts;
  readonly onWrite: (learner: string) => void;
}

/** The line of those who call for help, and who goes to whom. */
export function HandsCard({ cohort, hands, isOn, exercises, texts, onWrite }: HandsCardProps) {
  const { language } = useClass();
  const action = useAction();
  const nowMs = useNow();
  const words = texts.hands;
  return (
    <section class="fm-card" aria-labelledby="ch-hands">
      <h2 id="ch-hands">
        {words.title} {hands.hands.length > 0 && <span class="ch-count">{hands.hands.length}</span>}
      </h2>
      <ProblemNote problem={action.problem} language={language} />
      {hands.hands.length === 0 && <p class="fm-quiet">{isOn ? words.none : words.off}</p>}
      <ol class="ch-hands">
        {hands.hands.map((hand) => (
          <Hand
            key={hand.learner}
            hand={hand}
            minutes={Math.floor(Math.max(0, nowMs - hand.sinceMs) / MINUTE_MS)}
            about={exerciseTitle(exercises, hand.exercise, language) ?? words.noExercise}
            texts={texts}
            isBusy={action.isBusy}
            onDo={(work) => void action.run(() => work(cohort, hand.learner))}
            onWrite={() => onWrite(hand.learner)}
          />
        ))}
      </ol>
      <AnsweredList answered={hands.answered} exercises={exercises} texts={texts} />
    </section>
  );
}

interface HandProps {
  readonly hand: RaisedHand;
  readonly minutes: number;
  readonly about: string;
  readonly texts: HelpTexts;
  readonly isBusy: boolean;
  readonly onDo: (work: (cohort: string, learner: string) => Promise<void>) => void;
  readonly onWrite: () => void;
}

function Hand({ hand, minutes, about, texts, isBusy, onDo, onWrite }: HandProps) {
  const { instructor } = useClass();
  const words = texts.hands;
  const { takenBy } = hand;
  const isMine = takenBy !== null && takenBy.id === instructor?.id;
  return (
    <li class="ch-hand" data-taken={takenBy !== null}>
      <div class="ch-hand-who">
        <strong>{hand.name}</strong>
        <span class="fm-quiet">{words.waits(minutes)}</span>
        {takenBy && <span class="ch-goes">{isMine ? words.youGo : words.goes(takenBy.name)}</span>}
      </div>
      <div class="ch-hand-what">
        <span class="fm-quiet">{about}</span>
        {hand.words !== '' && <p>{hand.words}</p>}
      </div>
      <fieldset class="fm-row" aria-label={words.actions(hand.name)} disabled={isBusy}>
        {isMine ? (
          <button type="button" class="lp-button" onClick={() => onDo(releaseHand)}>
            {words.release}
          </button>
        ) : (
          <button
            type="button"
            class={`lp-button ${takenBy === null ? 'lp-primary' : ''}`}
            onClick={() => onDo((cohort, learner) => takeHand(cohort, learner, takenBy !== null))}
          >
            {takenBy === null ? words.take : words.instead}
          </button>
        )}
        <button
          type="button"
          class={`lp-button ${isMine ? 'lp-primary' : ''}`}
          onClick={() => onDo(handDone)}
        >
          {words.done}
        </button>
        <button type="button" class="lp-button" onClick={onWrite}>
          {words.write}
        </button>
      </fieldset>
    </li>
  );
}

/** As the course names an exercise; its id where the course has it no more, `null` for none. */
export function exerciseTitle(
  exercises: UnlockableExercises['exercises'],
  id: string | null,
  language: 'ko' | 'en',
): string | null {
  if (id === null) return null;
  const exercise = exercises.find((one) => one.id === id);
  return exercise === undefined ? id : `${exercise.lesson} · ${exercise.title[language].replaceAll('`', '')}`;
}

function useNow(): number {
  const nowMs = useSignal(Date.now());
  useEffect(() => {
    const timer = setInterval(() => {
      nowMs.value = Date.now();
    }, TICK_MS);
    return () => clearInterval(timer);
  }, []);
  return Math.max(nowMs.value, Date.now());
}
