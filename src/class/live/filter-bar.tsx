import type { LiveAddress } from './live-address.ts';
import { useLive } from './live-context.ts';
import {
  countsOf,
  LEARNER_FILTERS,
  LEARNER_ORDERS,
  type LearnerFilter,
  type Standing,
} from './shown-learners.ts';

interface FilterBarProps {
  readonly standings: readonly Standing[];
  readonly address: LiveAddress;
  readonly onChange: (next: Partial<LiveAddress>) => void;
}

/** Always there; the others only while they have somebody. */
const STANDING_FILTERS: readonly LearnerFilter[] = ['all', 'help'];

export function FilterBar({ standings, address, onChange }: FilterBarProps) {
  const { texts } = useLive();
  const counts = countsOf(standings);
  const here = standings.filter(({ learner }) => learner.here).length;
  const filters = LEARNER_FILTERS.filter(
    (filter) => STANDING_FILTERS.includes(filter) || counts[filter] > 0 || filter === address.filter,
  );
  return (
    <header class="lv-bar">
      <p class="lv-summary">
        <strong>{texts.summary.here(here)}</strong>
        <strong data-tone={counts.stuck > 0 ? 'stuck' : undefined}>
          {texts.summary.stuck(counts.stuck)}
        </strong>
        <strong data-tone={counts.done > 0 ? 'done' : undefined}>{texts.summary.done(counts.done)}</strong>
      </p>
      <fieldset class="lv-filters" aria-label={texts.filters.label}>
        {filters.map((filter) => (
          <button
            key={filter}
            type="button"
            class="lv-chip"
            data-filter={filter}
            data-count={counts[filter]}
            aria-pressed={filter === address.filter}
            onClick={() => onChange({ filter })}
          >
            {texts.filters[filter]} <span>{counts[filter]}</span>
          </button>
        ))}
      </fieldset>
      <div class="lv-tools">
        <input
          type="search"
          aria-label={texts.search}
          placeholder={texts.search}
          value={address.search}
          onInput={(event) => onChange({ search: event.currentTarget.value })}
        />
        <label>
          <span class="lp-hidden">{texts.order.label}</span>
          <select
            value={address.order}
            onChange={(event) => {
              const order = LEARNER_ORDERS.find((one) => one === event.currentTarget.value);
              if (order) onChange({ order });
            }}
          >
            {LEARNER_ORDERS.map((order) => (
              <option key={order} value={order}>
                {texts.order[order]}
              </option>
            ))}
          </select>
        </label>
      </div>
    </header>
  );
}
