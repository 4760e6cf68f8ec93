import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { RosterEntry } from '#contract/class-api.ts';
import { shownCode } from '#contract/class-codes.ts';
import { mergeLearners, newReturnCodeOf, removeLearner, renameLearner } from '../../api-client/class-api.ts';
import { Confirm } from '../../forms/confirm.tsx';
import { CopyButton } from '../../forms/copy-button.tsx';
import { Field } from '../../forms/field.tsx';
import { ProblemNote } from '../../forms/problem-note.tsx';
import { useAction } from '../../forms/use-action.ts';
import { Dialog } from '../../lab-pane/parts/dialog.tsx';
import { useClass } from '../class-context.ts';

interface Shared {
  readonly cohort: string;
  readonly onDone: () => Promise<void>;
  readonly onClose: () => void;
}

interface OfLearner extends Shared {
  readonly learner: RosterEntry;
}

export function RenameDialog({ learner, cohort, onDone, onClose }: OfLearner) {
  const { language, texts } = useClass();
  const name = useSignal(learner.name);
  return (
    <Confirm
      title={texts.roster.renameTitle}
      confirm={texts.save}
      cancel={texts.cancel}
      language={language}
      onConfirm={async () => {
        await renameLearner(cohort, learner.id, name.value);
        await onDone();
      }}
      onClose={onClose}
    >
      <Field
        label={texts.account.name}
        autofocus
        required
        value={name.value}
        onText={(text) => {
          name.value = text;
        }}
      />
    </Confirm>
  );
}

/** The old code is void as soon as this shows. */
export function NewCodeDialog({ learner, cohort, onClose }: OfLearner) {
  const { language, texts } = useClass();
  const code = useSignal<string | null>(null);
  const action = useAction();
  useEffect(() => {
    void action.run(async () => {
      code.value = (await newReturnCodeOf(cohort, learner.id)).returnCode;
    });
  }, []);
  return (
    <Dialog title={texts.roster.newCodeTitle(learner.name)} onClose={onClose}>
      <ProblemNote problem={action.problem} language={language} />
      {code.value !== null && (
        <>
          <p>{texts.roster.newCodeBody}</p>
          <p class="fm-secret" translate={false}>
            {shownCode(code.value)}
          </p>
        </>
      )}
      <div class="lp-dialog-buttons">
        {code.value !== null && (
          <CopyButton
            text={shownCode(code.value)}
            label={texts.copy}
            done={texts.copied}
            failed={texts.copyFailed}
          />
        )}
        <button type="button" class="lp-button lp-primary" onClick={onClose}>
          {texts.close}
        </button>
      </div>
    </Dialog>
  );
}

export function MergeDialog({
  learners,
  cohort,
  onDone,
  onClose,
}: Shared & { readonly learners: readonly [RosterEntry, RosterEntry] }) {
  const { language, texts } = useClass();
  // More likely the one that is worked with.
  const kept = useSignal(learners[1].passed > learners[0].passed ? 1 : 0);
  return (
    <Confirm
      title={texts.roster.mergeTitle}
      confirm={texts.roster.merge}
      cancel={texts.cancel}
      danger
      language={language}
      onConfirm={async () => {
        const other = kept.value === 0 ? learners[1] : learners[0];
        await mergeLearners(cohort, learners[kept.value === 0 ? 0 : 1].id, other.id);
        await onDone();
      }}
      onClose={onClose}
    >
      <p>{texts.roster.mergeBody}</p>
      <fieldset class="fm-choice">
        <legend>{texts.roster.mergeKeep}</legend>
        {learners.map((learner, index) => (
          <label key={learner.id}>
            <input
              type="radio"
              name="kept"
              checked={kept.value === index}
              onChange={() => {
                kept.value = index;
              }}
            />
            {learner.name}
            <span class="fm-quiet">
              {texts.roster.columns.passed} {learner.passed}
            </span>
          </label>
        ))}
      </fieldset>
    </Confirm>
  );
}

export function RemoveDialog({
  learners,
  cohort,
  onDone,
  onClose,
}: Shared & { readonly learners: readonly RosterEntry[] }) {
  const { language, texts } = useClass();
  const data = useSignal<'keep' | 'delete'>('keep');
  const choices = [
    ['keep', texts.roster.removeKeep, texts.roster.removeKeepHint],
    ['delete', texts.roster.removeDelete, texts.roster.removeDeleteHint],
  ] as const;
  return (
    <Confirm
      title={texts.roster.removeTitle(learners.length)}
      confirm={texts.roster.remove}
      cancel={texts.cancel}
      danger
      language={language}
      onConfirm={async () => {
        // One after the other: each closes labs, and what has gone through stays when a later one fails.
        for (const { id } of learners) await removeLearner(cohort, id, data.value);
        await onDone();
      }}
      onClose={onClose}
    >
      <p class="cl-names">{learners.map(({ name }) => name).join(', ')}</p>
      <p>{texts.roster.removeBody}</p>
      <fieldset class="fm-choice">
        <legend class="lp-hidden">{texts.roster.remove}</legend>
        {choices.map(([value, label, hint]) => (
          <label key={value}>
            <input
              type="radio"
              name="data"
              checked={data.value === value}
              onChange={() => {
                data.value = value;
              }}
            />
            {label}
            <span class="fm-quiet">{hint}</span>
          </label>
        ))}
      </fieldset>
    </Confirm>
  );
}
