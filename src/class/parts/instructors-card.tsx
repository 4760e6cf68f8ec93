import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { CohortInstructors, CohortView, InstructorView } from '#contract/class-api.ts';
import {
  fetchInstructors,
  inviteInstructor,
  removeInstructor,
  withdrawInvitation,
} from '../../api-client/class-api.ts';
import { Confirm } from '../../forms/confirm.tsx';
import { CopyButton } from '../../forms/copy-button.tsx';
import { ProblemNote } from '../../forms/problem-note.tsx';
import { useAction } from '../../forms/use-action.ts';
import { Dialog } from '../../lab-pane/parts/dialog.tsx';
import { useClass } from '../class-context.ts';

/** Who leads the class, and links that are on their way to somebody. */
export function InstructorsCard({ cohort }: { cohort: CohortView }) {
  const { language, texts, instructor } = useClass();
  const staff = useSignal<CohortInstructors | null>(null);
  const link = useSignal<string | null>(null);
  const leaving = useSignal<InstructorView | null>(null);
  const action = useAction();
  const load = async () => {
    staff.value = await fetchInstructors(cohort.id);
  };
  useEffect(() => void action.run(load), [cohort.id]);
  const time = new Intl.DateTimeFormat(language, { dateStyle: 'short', timeStyle: 'short' });
  return (
    <section class="fm-card" aria-labelledby="cl-instructors">
      <div class="cl-card-head">
        <h2 id="cl-instructors">{texts.instructors.title}</h2>
        <button
          type="button"
          class="lp-button"
          disabled={action.isBusy}
          onClick={() =>
            void action.run(async () => {
              link.value = (await inviteInstructor(cohort.id)).link;
              await load();
            })
          }
        >
          {texts.instructors.invite}
        </button>
      </div>
      <ProblemNote problem={action.problem} language={language} />
      <ul class="cl-people">
        {staff.value?.instructors.map((one) => (
          <li key={one.id}>
            <span>
              {one.name}
              {one.id === instructor?.id && <span class="fm-quiet"> ({texts.instructors.you})</span>}
            </span>
            {(staff.value?.instructors.length ?? 0) > 1 && (
              <button
                type="button"
                class="lp-button"
                onClick={() => {
                  leaving.value = one;
                }}
              >
                {texts.instructors.remove}
              </button>
            )}
          </li>
        ))}
        {staff.value?.invitations.map(({ id, by, expiresAtMs }) => (
          <li key={id}>
            <span class="fm-quiet">{texts.instructors.pending(by, time.format(expiresAtMs))}</span>
            <button
              type="button"
              class="lp-button"
              onClick={() =>
                void action.run(async () => {
                  await withdrawInvitation(cohort.id, id);
                  await load();
                })
              }
            >
              {texts.instructors.withdraw}
            </button>
          </li>
        ))}
      </ul>
      {link.value !== null && (
        <InvitationDialog
          link={link.value}
          onClose={() => {
            link.value = null;
          }}
        />
      )}
      {leaving.value !== null && (
        <Confirm
          title={texts.instructors.removeTitle(leaving.value.name)}
          confirm={texts.instructors.remove}
          cancel={texts.cancel}
          danger
          language={language}
          onConfirm={async () => {
            if (leaving.value) await removeInstructor(cohort.id, leaving.value.id);
            await load();
          }}
          onClose={() => {
            leaving.value = null;
          }}
        >
          <p>{texts.instructors.removeBody}</p>
        </Confirm>
      )}
    </section>
  );
}

function InvitationDialog({ link, onClose }: { link: string; onClose: () => void }) {
  const { texts } = useClass();
  return (
    <Dialog title={texts.instructors.inviteTitle} onClose={onClose}>
      <p>{texts.instructors.inviteBody}</p>
      <p class="fm-secret fm-long" translate={false}>
        {link}
      </p>
      <div class="lp-dialog-buttons">
        <CopyButton text={link} label={texts.copy} done={texts.copied} failed={texts.copyFailed} />
        <button type="button" class="lp-button lp-primary" onClick={onClose}>
          {texts.close}
        </button>
      </div>
    </Dialog>
  );
}
