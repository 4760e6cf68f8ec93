import { useSignal } from '@preact/signals';
import { useId } from 'preact/hooks';
import { WARM_LABS_MAX, type WarmPlan } from '#contract/class-capacity.ts';
import type { CareCourse } from '#contract/class-care.ts';
import { cancelWarmUp, warmUp } from '../../api-client/capacity-api.ts';
import { newWorkId } from '../../api-client/care-api.ts';
import { problemText } from '../../api-client/lab-problem.ts';
import { Field } from '../../forms/field.tsx';
import { ProblemNote } from '../../forms/problem-note.tsx';
import { useAction } from '../../forms/use-action.ts';
import { useClass } from '../class-context.ts';
import { fromLocalTime, localTime } from '../local-time.ts';

interface WarmCardProps {
  readonly cohort: string;
  readonly labs: CareCourse['labs'];
  readonly plans: readonly WarmPlan[];
  readonly plannedByOthers: number;
  readonly onChange: () => Promise<void>;
}

const HALF_HOUR_MS = 30 * 60_000;
const HOURS_AT_FIRST_MS = 3 * 3_600_000;
const COUNT_AT_FIRST = 10;

/** Plans to boot labs before a class, and how far each is. */
export function WarmCard({ cohort, labs, plans, plannedByOthers, onChange }: WarmCardProps) {
  const { language, texts } = useClass();
  const words = texts.capacity.warm;
  const soonMs = Math.ceil(Date.now() / HALF_HOUR_MS) * HALF_HOUR_MS;
  const labId = useId();
  const id = useSignal(newWorkId());
  const lab = useSignal(labs[0]?.id ?? '');
  const count = useSignal(String(COUNT_AT_FIRST));
  const from = useSignal(localTime(soonMs));
  const until = useSignal(localTime(soonMs + HOURS_AT_FIRST_MS));
  const action = useAction();
  const submit = async () => {
    const [atMs, untilMs] = [fromLocalTime(from.value), fromLocalTime(until.value)];
    if (atMs === null || untilMs === null) return;
    await warmUp(cohort, { id: id.value, lab: lab.value, count: Number(count.value), atMs, untilMs });
    id.value = newWorkId();
    await onChange();
  };
  const set = (signal: { value: string }) => (text: string) => {
    signal.value = text;
  };
  return (
    <section class="fm-card" aria-labelledby="cap-warm">
      <h2 id="cap-warm">{words.title}</h2>
      <p>{words.body}</p>
      <form
        class="fm-form care-form"
        onSubmit={(event) => {
          event.preventDefault();
          void action.run(submit);
        }}
      >
        <div class="fm-inline">
          <div class="fm-field fm-grow">
            <label for={labId}>{words.lab}</label>
            <select id={labId} value={lab.value} onChange={(event) => set(lab)(event.currentTarget.value)}>
              {labs.map(({ id: one, title, nodes }) => (
                <option key={one} value={one}>
                  {words.labOption(title[language], nodes)}
                </option>
              ))}
            </select>
          </div>
          <Field
            class="fm-number"
            label={words.count}
            type="number"
            min={1}
            max={WARM_LABS_MAX}
            required
            value={count.value}
            onText={set(count)}
          />
          <Field label={words.from} type="datetime-local" required value={from.value} onText={set(from)} />
          <Field label={words.until} type="datetime-local" required value={until.value} onText={set(until)} />
        </div>
        <p class="fm-hint">{words.zone(Intl.DateTimeFormat().resolvedOptions().timeZone)}</p>
        <ProblemNote problem={action.problem} language={language} />
        <button type="submit" class="lp-button lp-primary" disabled={action.isBusy}>
          {words.button}
        </button>
      </form>
      {plans.length === 0 && <p class="fm-quiet">{words.none}</p>}
      <ul class="cap-plans">
        {plans.map((plan) => (
          <Plan
            key={plan.id}
            plan={plan}
            isBusy={action.isBusy}
            onCancel={() =>
              void action.run(async () => {
                await cancelWarmUp(cohort, plan.id);
                await onChange();
              })
            }
          />
        ))}
      </ul>
      {plannedByOthers > 0 && <p class="fm-quiet">{words.others(plannedByOthers)}</p>}
    </section>
  );
}

interface PlanProps {
  readonly plan: WarmPlan;
  readonly isBusy: boolean;
  readonly onCancel: () => void;
}

function Plan({ plan, isBusy, onCancel }: PlanProps) {
  const { language, texts } = useClass();
  const words = texts.capacity.warm;
  const when = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' });
  const { count, title, atMs, untilMs, beginsAtMs, state, ready, inUse, short, askedBy } = plan;
  return (
    <li data-state={state}>
      <div>
        <strong>{words.plan(count, title[language])}</strong>
        <span class="cap-state">{words.state[state]}</span>
        <span class="fm-quiet">{words.by(askedBy)}</span>
      </div>
      <p>{words.time(when.format(atMs), when.format(untilMs))}</p>
      <p class="fm-quiet">
        {state === 'planned' ? words.begins(when.format(beginsAtMs)) : words.progress(ready, inUse, count)}
      </p>
      {short !== null && (
        <p class="fm-note fm-waiting">{words.short(problemText(short.code, language, short.params))}</p>
      )}
      <button type="button" class="lp-button" disabled={isBusy} onClick={onCancel}>
        {words.cancel}
      </button>
    </li>
  );
}
