import papa from 'papaparse';
import type { CohortView, NewSeatsAnswer } from '#contract/class-api.ts';
import { shownCode } from '#contract/class-codes.ts';
import { useClass } from '../class-context.ts';
import { saveFile } from '../save-file.ts';

interface SlipsProps {
  readonly cohort: CohortView;
  readonly learners: NewSeatsAnswer['learners'];
  readonly onDone: () => void;
}

const BYTE_ORDER_MARK = '\ufeff';

/** Return codes to cut out and hand out. They are shown once: the server has only their hashes. */
export function Slips({ cohort, learners, onDone }: SlipsProps) {
  const { texts } = useClass();
  const address = `${location.origin}/join`;
  const download = () => {
    const rows = learners.map(({ name, returnCode }) => [name, shownCode(returnCode), address]);
    const options = { newline: '\r\n', escapeFormulae: true };
    const text = papa.unparse([[...texts.slips.header], ...rows], options);
    saveFile(`${texts.slips.fileName} ${cohort.name}.csv`, `${BYTE_ORDER_MARK}${text}\r\n`);
  };
  return (
    <section class="cl-slips-page" aria-labelledby="cl-slips">
      <div class="cl-no-print">
        <h2 id="cl-slips">{texts.slips.title}</h2>
        <p>{texts.slips.body}</p>
        <div class="fm-row">
          <button type="button" class="lp-button lp-primary" onClick={() => print()}>
            {texts.slips.print}
          </button>
          <button type="button" class="lp-button" onClick={download}>
            {texts.slips.download}
          </button>
          <button type="button" class="lp-button" onClick={onDone}>
            {texts.slips.done}
          </button>
        </div>
      </div>
      <ul class="cl-slips">
        {learners.map(({ id, name, returnCode }) => (
          <li key={id}>
            <strong>{name}</strong>
            <span class="fm-quiet">{cohort.name}</span>
            <span>{texts.slips.open}</span>
            <span translate={false}>{address}</span>
            <span class="fm-quiet">{texts.slips.code}</span>
            <span class="fm-secret" translate={false}>
              {shownCode(returnCode)}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
