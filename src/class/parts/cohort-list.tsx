import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { CohortView } from '#contract/class-api.ts';
import { SEATS_MAX } from '#contract/class-api.ts';
import { createCohort, fetchCohorts } from '../../api-client/class-api.ts';
import { Field } from '../../forms/field.tsx';
import { ProblemNote } from '../../forms/problem-note.tsx';
import { useAction } from '../../forms/use-action.ts';
import { useClass } from '../class-context.ts';
import { cohortHref } from '../cohort-view.ts';
import { JoiningBadge } from './joining-badge.tsx';
import { PassphraseCard } from './passphrase-card.tsx';

const SEATS_AT_FIRST = 30;

export function CohortList() {
  const { language, texts } = useClass();
  const cohorts = useSignal<readonly CohortView[] | null>(null);
  const loading = useAction();
  useEffect(() => {
    void loading.run(async () => {
      cohorts.value = await fetchCohorts();
    });
  }, []);
  const day = new Intl.DateTimeFormat(language, { dateStyle: 'medium' });
  return (
    <>
      <section aria-labelledby="cl-cohorts">
        <h2 id="cl-cohorts">{texts.cohorts.title}</h2>
        <ProblemNote problem={loading.problem} language={language} />
        {cohorts.value?.length === 0 && <p class="fm-quiet">{texts.cohorts.none}</p>}
        <ul class="cl-cohorts">
          {cohorts.value?.map((cohort) => (
            <li key={cohort.id}>
              <a class="cl-cohort" href={cohortHref(cohort.id)}>
                <strong>{cohort.name}</strong>
                <JoiningBadge state={cohort.joining} />
                <span class="fm-quiet">
                  {texts.cohorts.taken(cohort.seatsTaken, cohort.seats)} ·{' '}
                  {texts.cohorts.created(day.format(cohort.createdAtMs))}
                </span>
              </a>
            </li>
          ))}
        </ul>
      </section>
      <NewCohort />
      <PassphraseCard />
    </>
  );
}

function NewCohort() {
  const { language, texts } = useClass();
  const name = useSignal('');
  const seats = useSignal(SEATS_AT_FIRST);
  const action = useAction();
  return (
    <section class="fm-card" aria-labelledby="cl-new">
      <h2 id="cl-new">{texts.cohorts.new}</h2>
      <form
        class="fm-inline"
        onSubmit={(event) => {
          event.preventDefault();
          void action.run(async () => {
            const cohort = await createCohort({ name: name.value, seats: seats.value });
            location.assign(cohortHref(cohort.id, 'people'));
          });
        }}
      >
        <Field
          class="fm-grow"
          label={texts.cohorts.name}
          placeholder={texts.cohorts.nameHint}
          required
          value={name.value}
          onText={(text) => {
            name.value = text;
          }}
        />
        <Field
          class="fm-number"
          label={texts.cohorts.seats}
          type="number"
          min={1}
          max={SEATS_MAX}
          required
          value={String(seats.value)}
          onText={(text) => {
            seats.value = Number(text);
          }}
        />
        <button type="submit" class="lp-button lp-primary" disabled={action.isBusy}>
          {texts.cohorts.create}
        </button>
      </form>
      <ProblemNote problem={action.problem} language={language} />
    </section>
  );
}
