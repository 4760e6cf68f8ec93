import { useSignal } from '@preact/signals';
import { type CohortPolicies, type CohortView, SEATS_MAX } from '#contract/class-api.ts';
import { changeCohort, deleteCohort } from '../../api-client/class-api.ts';
import { Confirm } from '../../forms/confirm.tsx';
import { Checkbox, Field } from '../../forms/field.tsx';
import { ProblemNote } from '../../forms/problem-note.tsx';
import { useAction } from '../../forms/use-action.ts';
import { useClass } from '../class-context.ts';
import { fromLocalTime, localTime } from '../local-time.ts';

interface SettingsCardProps {
  readonly cohort: CohortView;
  readonly onChange: (cohort: CohortView) => void;
}

/** Name, seats and times by a button; rules at once. */
export function SettingsCard({ cohort, onChange }: SettingsCardProps) {
  const { language, texts } = useClass();
  const name = useSignal(cohort.name);
  const seats = useSignal(String(cohort.seats));
  const opens = useSignal(localTime(cohort.opensAtMs));
  const closes = useSignal(localTime(cohort.closesAtMs));
  const isSaved = useSignal(false);
  const isDeleting = useSignal(false);
  const action = useAction();
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const typed = (signal: { value: string }) => (text: string) => {
    signal.value = text;
    isSaved.value = false;
  };
  const setPolicy = (policies: Partial<CohortPolicies>) =>
    void action.run(async () => onChange(await changeCohort(cohort.id, { policies })));
  const save = async () => {
    const changed = await changeCohort(cohort.id, {
      name: name.value,
      seats: Number(seats.value),
      opensAtMs: fromLocalTime(opens.value),
      closesAtMs: fromLocalTime(closes.value),
    });
    onChange(changed);
    isSaved.value = true;
  };
  const { watchWithoutAsking, handsUp, solutionsOpen } = cohort.policies;
  return (
    <section class="fm-card" aria-labelledby="cl-settings">
      <h2 id="cl-settings">{texts.settings.title}</h2>
      <form
        class="fm-form"
        onSubmit={(event) => {
          event.preventDefault();
          void action.run(save);
        }}
      >
        <div class="fm-inline">
          <Field
            class="fm-grow"
            label={texts.cohorts.name}
            required
            value={name.value}
            onText={typed(name)}
          />
          <Field
            class="fm-number"
            label={texts.cohorts.seats}
            type="number"
            min={1}
            max={SEATS_MAX}
            required
            value={seats.value}
            onText={typed(seats)}
          />
        </div>
        <div class="fm-inline">
          <Field
            label={texts.settings.opens}
            type="datetime-local"
            value={opens.value}
            onText={typed(opens)}
          />
          <Field
            label={texts.settings.closes}
            type="datetime-local"
            value={closes.value}
            onText={typed(closes)}
          />
        </div>
        <p class="fm-hint">{texts.settings.timesHint(zone)}</p>
        <ProblemNote problem={action.problem} language={language} />
        <div class="fm-row">
          <button type="submit" class="lp-button lp-primary" disabled={action.isBusy}>
            {texts.save}
          </button>
          <span class="fm-quiet" role="status">
            {isSaved.value ? texts.saved : ''}
          </span>
        </div>
      </form>
      <fieldset class="fm-form">
        <legend>{texts.settings.policies}</legend>
        <Checkbox
          label={texts.settings.watch}
          hint={texts.settings.watchHint}
          checked={watchWithoutAsking}
          onChange={(checked) => setPolicy({ watchWithoutAsking: checked })}
        />
        <Checkbox
          label={texts.settings.hands}
          checked={handsUp}
          onChange={(checked) => setPolicy({ handsUp: checked })}
        />
        <Checkbox
          label={texts.settings.solutions}
          hint={texts.settings.solutionsHint}
          checked={solutionsOpen}
          onChange={(checked) => setPolicy({ solutionsOpen: checked })}
        />
      </fieldset>
      <button
        type="button"
        class="lp-button lp-danger"
        onClick={() => {
          isDeleting.value = true;
        }}
      >
        {texts.settings.delete}
      </button>
      {isDeleting.value && (
        <DeleteDialog
          cohort={cohort}
          onClose={() => {
            isDeleting.value = false;
          }}
        />
      )}
    </section>
  );
}

function DeleteDialog({ cohort, onClose }: { cohort: CohortView; onClose: () => void }) {
  const { language, texts } = useClass();
  const typed = useSignal('');
  return (
    <Confirm
      title={texts.settings.deleteTitle(cohort.name)}
      confirm={texts.settings.delete}
      cancel={texts.cancel}
      danger
      isReady={typed.value.trim() === cohort.name}
      language={language}
      onConfirm={async () => {
        await deleteCohort(cohort.id);
        location.assign('./');
      }}
      onClose={onClose}
    >
      <p>{texts.settings.deleteBody(cohort.seatsTaken)}</p>
      <Field
        label={texts.settings.deleteType(cohort.name)}
        autocomplete="off"
        value={typed.value}
        onText={(text) => {
          typed.value = text;
        }}
      />
    </Confirm>
  );
}
