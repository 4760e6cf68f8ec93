import type { RosterEntry } from '#contract/class-api.ts';
import { OpenLabs } from '../care/open-labs.tsx';
import { useClass } from '../class-context.ts';
import { watchHref } from '../watch/watch-href.ts';

interface RosterTableProps {
  readonly cohort: string;
  readonly learners: readonly RosterEntry[];
  readonly chosen: ReadonlySet<string>;
  readonly onChoose: (ids: ReadonlySet<string>) => void;
}

/** Requests are noted once a minute. */
const HERE_MS = 2 * 60_000;

export function RosterTable({ cohort, learners, chosen, onChoose }: RosterTableProps) {
  const { language, texts } = useClass();
  const { columns } = texts.roster;
  const time = new Intl.DateTimeFormat(language, { dateStyle: 'short', timeStyle: 'short' });
  const seen = ({ lastSeenAtMs }: RosterEntry) => {
    if (lastSeenAtMs === null) return texts.roster.never;
    return Date.now() - lastSeenAtMs < HERE_MS ? texts.roster.now : time.format(lastSeenAtMs);
  };
  const toggle = (id: string, isChosen: boolean) => {
    const ids = new Set(chosen);
    if (isChosen) ids.add(id);
    else ids.delete(id);
    onChoose(ids);
  };
  const isAll = learners.every(({ id }) => chosen.has(id));
  return (
    <div class="cl-table-box">
      <table class="cl-roster">
        <thead>
          <tr>
            <th class="cl-select">
              <input
                type="checkbox"
                aria-label={texts.roster.selectAll}
                checked={isAll}
                onChange={() => onChoose(new Set(isAll ? [] : learners.map(({ id }) => id)))}
              />
            </th>
            <th scope="col">{columns.name}</th>
            <th scope="col">{columns.joined}</th>
            <th scope="col">{columns.seen}</th>
            <th scope="col">{texts.care.labs.column}</th>
            <th scope="col" class="cl-number">
              {columns.devices}
            </th>
            <th scope="col" class="cl-number">
              {columns.passed}
            </th>
            <th scope="col">
              <span class="lp-hidden">{texts.roster.watch}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {learners.map((learner) => (
            <tr key={learner.id} data-chosen={chosen.has(learner.id) ? '' : undefined}>
              <td class="cl-select">
                <input
                  type="checkbox"
                  aria-label={texts.roster.select(learner.name)}
                  checked={chosen.has(learner.id)}
                  onChange={(event) => toggle(learner.id, event.currentTarget.checked)}
                />
              </td>
              <th scope="row">{learner.name}</th>
              <td data-label={columns.joined}>
                {learner.joinedAtMs === null ? (
                  <span class="fm-quiet">{texts.roster.notYet}</span>
                ) : (
                  time.format(learner.joinedAtMs)
                )}
              </td>
              <td data-label={columns.seen}>{seen(learner)}</td>
              <td data-label={texts.care.labs.column} class="cl-labs">
                <OpenLabs labs={learner.labs} />
              </td>
              <td data-label={columns.devices} class="cl-number">
                {learner.devices}
              </td>
              <td data-label={columns.passed} class="cl-number">
                {learner.passed}
              </td>
              <td class="cl-watch">
                {learner.joinedAtMs !== null && (
                  <a
                    class="lp-button"
                    href={watchHref(language, cohort, learner.id)}
                    aria-label={texts.roster.watchLearner(learner.name)}
                  >
                    {texts.roster.watch}
                  </a>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
