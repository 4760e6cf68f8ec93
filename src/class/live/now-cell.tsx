import type { LiveLearner, LiveTrial } from '#contract/class-live.ts';
import { RichText } from '../../lab-pane/rich-text.tsx';
import { useLive } from './live-context.ts';
import type { LiveRowProps } from './live-row.tsx';
import { isDone, needOf } from './need.ts';
import type { ServerClock } from './server-clock.ts';
import { spanWords } from './span-words.ts';

/** What a learner is at, and what holds them up. */
export function NowCell({ learner, clock }: LiveRowProps) {
  return (
    <td class="lv-now">
      <NowLine learner={learner} clock={clock} />
      {learner.trial?.stuckSinceMs != null && <Failing trial={learner.trial} />}
    </td>
  );
}

export function NowLine({ learner, clock }: { learner: LiveLearner; clock: ServerClock }) {
  const { texts, exercises } = useLive();
  const { trial, hand, joined, here } = learner;
  const { need, sinceMs } = needOf(learner, exercises, clock.nowMs.value);
  const done = isDone(learner, exercises);
  return (
    <div class="lv-now-line">
      {hand && (
        <Since class="lv-tag" tone="hand" sinceMs={hand.sinceMs} words={texts.now.hand} clock={clock} />
      )}
      {hand?.takenBy && <span class="lv-quiet">{texts.now.taken(hand.takenBy)}</span>}
      {trial?.stuckSinceMs != null && (
        <Since
          class="lv-tag"
          tone="stuck"
          sinceMs={trial.stuckSinceMs}
          words={texts.now.stuckFor}
          clock={clock}
        />
      )}
      {need === 'idle' && sinceMs !== null && (
        <Since class="lv-tag" tone="idle" sinceMs={sinceMs} words={texts.now.idleFor} clock={clock} />
      )}
      {joined && !here && <Away learner={learner} clock={clock} />}
      {trial ? (
        <ExerciseTitle trial={trial} />
      ) : (
        <span class="lv-quiet">
          {!joined ? texts.now.notJoined : done ? texts.now.done : here ? texts.now.nothing : ''}
        </span>
      )}
    </div>
  );
}

function ExerciseTitle({ trial: { exercise: id, met, total } }: { trial: LiveTrial }) {
  const { language, texts, exercises } = useLive();
  const exercise = exercises.find((one) => one.id === id);
  return (
    <span class="lv-trying">
      <span>
        {exercise?.lesson} {exercise?.title[language] ?? id}
      </span>{' '}
      <span class="lv-quiet" title={texts.now.met(met, total)}>
        <span aria-hidden="true">
          {met}/{total}
        </span>
        <span class="lp-hidden">{texts.now.met(met, total)}</span>
      </span>
    </span>
  );
}

/** The check that is not met: two lines, and all of it for who opens them. */
function Failing({ trial }: { trial: LiveTrial }) {
  const { language, texts, exercises } = useLive();
  const { failing } = trial;
  if (failing === null) return null;
  const checks = exercises.find(({ id }) => id === trial.exercise)?.checks;
  const title = checks?.find(({ id }) => id === failing.check)?.title[language] ?? failing.check;
  const verdict = failing.verdict === 'passed' ? 'errored' : failing.verdict;
  return (
    <details class="lv-failing">
      <summary>
        <span class="lv-failing-words">
          <strong>
            <RichText text={texts.now[verdict](title)} />
          </strong>{' '}
          {failing.message && (
            <span>
              <RichText text={failing.message[language]} />
            </span>
          )}
        </span>
      </summary>
    </details>
  );
}

function Away({ learner: { activeAtMs }, clock }: { learner: LiveLearner; clock: ServerClock }) {
  const { texts } = useLive();
  if (activeAtMs === null) return <span class="lv-quiet">{texts.now.away}</span>;
  return <Since class="lv-quiet" tone="away" sinceMs={activeAtMs} words={texts.now.awayFor} clock={clock} />;
}

interface SinceProps {
  readonly class: string;
  readonly tone: string;
  readonly sinceMs: number;
  readonly words: (span: string) => string;
  readonly clock: ServerClock;
}

/** For how long; alone drawn anew when time goes on. */
function Since({ class: name, tone, sinceMs, words, clock }: SinceProps) {
  const { texts } = useLive();
  const span = spanWords(clock.nowMs.value - sinceMs, texts);
  return (
    <span class={name} data-tone={tone}>
      {words(span)}
    </span>
  );
}
