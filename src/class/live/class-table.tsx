import { useSignal } from '@preact/signals';
import { useEffect, useMemo, useRef } from 'preact/hooks';
import type { CohortView } from '#contract/class-api.ts';
import type { LiveLearner } from '#contract/class-live.ts';
import { CellLegend } from './cell-legend.tsx';
import { FilterBar } from './filter-bar.tsx';
import { type LiveAddress, liveHref, readLiveAddress } from './live-address.ts';
import { useLive } from './live-context.ts';
import { LiveRow } from './live-row.tsx';
import { NeedAnnouncer } from './need-announcer.tsx';
import { extend, NOBODY, type Selection, toggle, toggleAll } from './selection.ts';
import { SelectionBar } from './selection-bar.tsx';
import type { ServerClock } from './server-clock.ts';
import { isNamed, passes, standingsOf } from './shown-learners.ts';
import { TableColumns, TableHead } from './table-head.tsx';
import { useCalmOrder } from './use-calm-order.ts';

interface ClassTableProps {
  readonly cohort: CohortView;
  readonly learners: ReadonlyMap<string, LiveLearner>;
  readonly clock: ServerClock;
}

/** The matrix with what is done to it: filter, order, search, selection. */
export function ClassTable({ cohort, learners, clock }: ClassTableProps) {
  const { language, texts, exercises } = useLive();
  const address = useSignal<LiveAddress>(readLiveAddress(location.search));
  const selection = useSignal<Selection>(NOBODY);
  const body = useRef<HTMLTableSectionElement>(null);
  const { filter, order, search } = address.value;
  const nowMs = clock.nowMs.value;
  const standings = useMemo(
    () => standingsOf(learners.values(), exercises, nowMs),
    [learners, exercises, nowMs],
  );
  const matching = standings.filter((standing) => passes(standing, filter) && isNamed(standing, search));
  const shown = useCalmOrder(matching, { order, language, filter, search }, body);
  const ids = shown.map(({ learner }) => learner.id);
  // Rows keep the handler that they were drawn with; the order may be another by then.
  const newestIds = useRef(ids);
  newestIds.current = ids;
  useEffect(() => {
    history.replaceState(history.state, '', liveHref(cohort.id, address.value) + location.hash);
  }, [address.value]);
  const change = (next: Partial<LiveAddress>) => {
    address.value = { ...address.value, ...next };
  };
  const choose = (id: string, isRange: boolean) => {
    const before = selection.value;
    selection.value = isRange ? extend(before, id, newestIds.current) : toggle(before, id);
  };
  const { chosen } = selection.value;
  return (
    <section class="lv-view" aria-label={texts.table.label}>
      <FilterBar standings={standings} address={address.value} onChange={change} />
      <NeedAnnouncer standings={standings} />
      {shown.length === 0 ? (
        <p class="lv-nothing">
          {texts.noMatch}{' '}
          <button type="button" class="fm-link" onClick={() => change({ filter: 'all', search: '' })}>
            {texts.showAll}
          </button>
        </p>
      ) : (
        <div class="lv-box">
          <table class="lv-table" aria-describedby="lv-keys">
            <TableColumns />
            <TableHead
              standings={standings}
              isAll={ids.every((id) => chosen.has(id))}
              isSome={ids.some((id) => chosen.has(id))}
              onAll={() => {
                selection.value = toggleAll(selection.value, ids);
              }}
            />
            <tbody ref={body}>
              {shown.map(({ learner, need, passed }) => (
                <LiveRow
                  key={learner.id}
                  learner={learner}
                  need={need}
                  passed={passed}
                  isChosen={chosen.has(learner.id)}
                  href={liveHref(cohort.id, address.value, learner.id)}
                  clock={clock}
                  onChoose={choose}
                />
              ))}
            </tbody>
          </table>
        </div>
      )}
      <p class="lp-hidden" id="lv-keys">
        {texts.table.keys}
      </p>
      <CellLegend />
      {chosen.size > 0 && (
        <SelectionBar
          cohort={cohort}
          learners={learners}
          chosen={chosen}
          hidden={[...chosen].filter((id) => !ids.some((one) => one === id)).length}
          onClear={() => {
            selection.value = NOBODY;
          }}
        />
      )}
    </section>
  );
}
