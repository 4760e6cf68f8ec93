import { useSignal } from '@preact/signals';
import type { CohortView, NewSeatsAnswer, RosterEntry } from '#contract/class-api.ts';
import { learnerDataPath, rosterCsvPath } from '../../api-client/class-api.ts';
import { CareBar } from '../care/care-bar.tsx';
import type { CareTarget } from '../care/care-target.ts';
import { useClass } from '../class-context.ts';
import { ImportDialog } from './import-dialog.tsx';
import { MergeDialog, NewCodeDialog, RemoveDialog, RenameDialog } from './roster-dialogs.tsx';
import { RosterTable } from './roster-table.tsx';

interface RosterCardProps {
  readonly cohort: CohortView;
  readonly learners: readonly RosterEntry[];
  readonly onChange: () => Promise<void>;
  readonly onNewCodes: (seats: NewSeatsAnswer['learners']) => void;
}

/** Who is in the class, and what can be done with those who are selected. */
export function RosterCard({ cohort, learners, onChange, onNewCodes }: RosterCardProps) {
  const { language, texts } = useClass();
  const chosen = useSignal<ReadonlySet<string>>(new Set());
  const dialog = useSignal<'none' | 'import' | 'rename' | 'code' | 'merge' | 'remove'>('none');
  const selected = learners.filter(({ id }) => chosen.value.has(id));
  const [first, second] = selected;
  const open = (which: typeof dialog.value) => () => {
    dialog.value = which;
  };
  const close = () => {
    dialog.value = 'none';
  };
  const done = async () => {
    chosen.value = new Set();
    await onChange();
  };
  const only = selected.length === 1 ? first : undefined;
  const shared = { cohort: cohort.id, onDone: done, onClose: close };
  return (
    <section class="fm-card" aria-labelledby="cl-roster">
      <div class="cl-card-head">
        <h2 id="cl-roster">{texts.roster.title}</h2>
        <div class="fm-row">
          <button type="button" class="lp-button" onClick={open('import')}>
            {texts.roster.import}
          </button>
          <a class="lp-button" href={rosterCsvPath(cohort.id, language)} download>
            {texts.roster.export}
          </a>
        </div>
      </div>
      {selected.length === 0 && learners.length > 0 && (
        <div class="care-everybody">
          <CareBar cohort={cohort.id} targets={learners.map(careTarget)} isEverybody />
        </div>
      )}
      {learners.length === 0 ? (
        <p class="fm-quiet">{texts.roster.none}</p>
      ) : (
        <RosterTable
          cohort={cohort.id}
          learners={learners}
          chosen={chosen.value}
          onChoose={(ids) => {
            chosen.value = ids;
          }}
        />
      )}
      {selected.length > 0 && (
        <div class="cl-chosen">
          <CareBar cohort={cohort.id} targets={selected.map(careTarget)} />
          <fieldset class="cl-actions" aria-label={texts.roster.selected(selected.length)}>
            <strong>{texts.roster.selected(selected.length)}</strong>
            {only && (
              <>
                <button type="button" class="lp-button" onClick={open('rename')}>
                  {texts.roster.rename}
                </button>
                <button type="button" class="lp-button" onClick={open('code')}>
                  {texts.roster.newCode}
                </button>
                <a class="lp-button" href={learnerDataPath(cohort.id, only.id)} download>
                  {texts.roster.data}
                </a>
              </>
            )}
            {selected.length === 2 && (
              <button type="button" class="lp-button" onClick={open('merge')}>
                {texts.roster.merge}
              </button>
            )}
            <button type="button" class="lp-button lp-danger" onClick={open('remove')}>
              {texts.roster.remove}
            </button>
          </fieldset>
        </div>
      )}
      {dialog.value === 'import' && (
        <ImportDialog
          cohort={cohort}
          learners={learners}
          onSeats={onNewCodes}
          onDone={onChange}
          onClose={close}
        />
      )}
      {dialog.value === 'rename' && only && <RenameDialog learner={only} {...shared} />}
      {dialog.value === 'code' && only && <NewCodeDialog learner={only} {...shared} />}
      {dialog.value === 'merge' && first && second && <MergeDialog learners={[first, second]} {...shared} />}
      {dialog.value === 'remove' && <RemoveDialog learners={selected} {...shared} />}
    </section>
  );
}

function careTarget({ id, name, labs }: RosterEntry): CareTarget {
  return { learnerId: id, name, labSessions: labs };
}
