import type { CatalogExercise, CheckVerdict } from '#contract/api.ts';
import { usePane } from '../pane-parts.ts';
import { RichText } from '../rich-text.tsx';
import { Icon } from './icon.tsx';
import { QuestionForm } from './question-form.tsx';

export function CheckList({ exercise }: { exercise: CatalogExercise }) {
  const { lab, exercises, language, texts } = usePane();
  const words = texts.exercise;
  const verdict = exercises.verdict.value;
  const passed = verdict?.checks.filter((check) => check.verdict === 'passed').length ?? 0;
  const verdictOf = (check: string | undefined) => verdict?.checks.find(({ id }) => id === check) ?? null;
  const notYet = lab.isReady.value ? words.notChecked : words.needsLab;
  return (
    <section class="lp-checks" aria-label={words.checks}>
      <p class="lp-checks-head">
        <span>{words.progress(passed, exercise.checks.length)}</span>
        <span>{verdict ? words.checkedAt(clockTime(verdict.evaluatedAtMs, language)) : notYet}</span>
      </p>
      <ul>
        {exercise.checks.map((check, index) => {
          const own = verdictOf(check.id);
          const above = verdictOf(exercise.checks[index - 1]?.id);
          return <CheckRow key={check.id} check={check} verdict={own} repeats={saysTheSame(own, above)} />;
        })}
      </ul>
    </section>
  );
}

interface CheckRowProps {
  readonly check: CatalogExercise['checks'][number];
  readonly verdict: CheckVerdict | null;
  /** The row above shows the same message: once is enough to read, but every row has it for screen readers. */
  readonly repeats: boolean;
}

function CheckRow({ check, verdict, repeats }: CheckRowProps) {
  const { language, texts } = usePane();
  const isLater = verdict?.verdict === 'pending' && verdict.waitsFor !== null;
  const state = isLater ? 'later' : (verdict?.verdict ?? 'unknown');
  const message = verdict?.message?.[language];
  return (
    <li class="lp-check" data-check={check.id} data-verdict={state}>
      <span class="lp-check-icon">{state !== 'unknown' && state !== 'later' && <Icon name={state} />}</span>
      <div>
        <p class="lp-check-title">
          <span>
            <RichText text={check.title[language]} />
          </span>
          <span class="lp-check-state">{texts.exercise.verdicts[state]}</span>
        </p>
        {message && (
          <p class={repeats ? 'lp-hidden' : 'lp-check-message'}>
            <RichText text={message} />
          </p>
        )}
        {verdict?.provenAtMs != null && <ProvenAt atMs={verdict.provenAtMs} />}
        {check.question && state !== 'passed' && <QuestionForm check={check.id} question={check.question} />}
      </div>
    </li>
  );
}

/** The moment in the swarm's history on which the verdict rests, on the learner's own clock; leads to the timeline. */
function ProvenAt({ atMs }: { atMs: number }) {
  const { language, texts, settings, moment } = usePane();
  const time = clockTime(atMs, language);
  return (
    <p class="lp-proven">
      {texts.exercise.provenAt}{' '}
      <button
        type="button"
        aria-label={texts.exercise.showMoment(time)}
        onClick={() => {
          moment.value = atMs;
          settings.sideView.value = 'timeline';
        }}
      >
        <time dateTime={new Date(atMs).toISOString()}>{time}</time>
      </button>
    </p>
  );
}

function saysTheSame(one: CheckVerdict | null, other: CheckVerdict | null): boolean {
  return one?.message != null && one.message.ko === other?.message?.ko;
}

const CLOCK = { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' } as const;

function clockTime(atMs: number, language: string): string {
  return new Intl.DateTimeFormat(language, CLOCK).format(atMs);
}
