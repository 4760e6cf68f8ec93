import { useSignal } from '@preact/signals';
import { useId } from 'preact/hooks';
import {
  type CohortView,
  type NewSeatsAnswer,
  type RosterEntry,
  SEATS_PER_IMPORT,
} from '#contract/class-api.ts';
import { addSeats } from '../../api-client/class-api.ts';
import { Confirm } from '../../forms/confirm.tsx';
import { useClass } from '../class-context.ts';
import { decodeRoster, isImportable, type RosterLine, readRoster } from '../roster-file.ts';

interface ImportDialogProps {
  readonly cohort: CohortView;
  readonly learners: readonly RosterEntry[];
  readonly onSeats: (seats: NewSeatsAnswer['learners']) => void;
  readonly onDone: () => Promise<void>;
  readonly onClose: () => void;
}

/** A list of names, looked at line by line before anything is made of it. */
export function ImportDialog({ cohort, learners, onSeats, onDone, onClose }: ImportDialogProps) {
  const { language, texts } = useClass();
  const text = useSignal('');
  const isUnreadable = useSignal(false);
  const ids = { file: useId(), paste: useId() };
  const lines = readRoster(
    text.value,
    learners.map(({ name }) => name),
  );
  const good = lines.filter(isImportable);
  const free = Math.min(cohort.seats - cohort.seatsTaken, SEATS_PER_IMPORT);
  return (
    <Confirm
      title={texts.import.title}
      confirm={texts.import.apply(good.length)}
      cancel={texts.cancel}
      isReady={good.length > 0 && good.length <= free}
      language={language}
      onConfirm={async () => {
        const { learners: made } = await addSeats(
          cohort.id,
          good.map(({ name }) => name),
        );
        onSeats(made);
        await onDone();
      }}
      onClose={onClose}
    >
      <p>{texts.import.body}</p>
      <div class="fm-field">
        <label for={ids.file}>{texts.import.file}</label>
        <input
          id={ids.file}
          type="file"
          accept=".csv,.txt,.tsv,text/csv,text/plain"
          onChange={async ({ currentTarget }) => {
            const file = currentTarget.files?.[0];
            if (file === undefined) return;
            const decoded = decodeRoster(new Uint8Array(await file.arrayBuffer()));
            isUnreadable.value = decoded === null;
            text.value = decoded ?? '';
          }}
        />
      </div>
      <div class="fm-field">
        <label for={ids.paste}>{texts.import.paste}</label>
        <textarea
          id={ids.paste}
          rows={5}
          value={text.value}
          aria-describedby={`${ids.paste}-hint`}
          onInput={(event) => {
            text.value = event.currentTarget.value;
            isUnreadable.value = false;
          }}
        />
        <p class="fm-hint" id={`${ids.paste}-hint`}>
          {texts.import.pasteHint}
        </p>
      </div>
      <div aria-live="polite">
        {isUnreadable.value && <p class="fm-note fm-failed">{texts.import.unreadable}</p>}
        {lines.length > 0 && <Preview lines={lines} good={good.length} free={free} />}
      </div>
    </Confirm>
  );
}

function Preview({ lines, good, free }: { lines: readonly RosterLine[]; good: number; free: number }) {
  const { texts } = useClass();
  const bad = lines.length - good;
  return (
    <>
      <h3 class="cl-preview-title">{texts.import.preview(good)}</h3>
      {bad > 0 && <p class="fm-note fm-waiting">{texts.import.faultCount(bad)}</p>}
      {good > free && <p class="fm-note fm-failed">{texts.import.tooMany(free)}</p>}
      <ol class="cl-preview">
        {lines.map((one) => (
          <li key={one.line} data-fault={one.fault ?? undefined}>
            <span class="fm-quiet">
              {texts.import.line} {one.line}
            </span>
            <span>{one.name || '–'}</span>
            {one.fault && <span>{texts.import.faults[one.fault]}</span>}
          </li>
        ))}
      </ol>
    </>
  );
}
