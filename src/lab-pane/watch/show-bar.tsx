import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { CohortView } from '#contract/class-api.ts';
import { fetchCohorts, showToClass, stopShowing } from '../../api-client/class-api.ts';
import { usePane } from '../pane-parts.ts';
import { Icon } from '../parts/icon.tsx';
import { useWatchRequest } from './use-watch-request.ts';

/** For an instructor, over their own lab: shows it to one of their classes, and says so while it is shown. */
export function ShowBar() {
  const { lab, texts } = usePane();
  const words = texts.watch.show;
  const cohorts = useSignal<readonly CohortView[]>([]);
  const chosen = useSignal('');
  const isInstructor = lab.isInstructor.value;
  const { send, isBusy } = useWatchRequest();
  const { shownTo } = lab.model.value.watch;
  const isUp = lab.isReady.value;
  useEffect(() => {
    if (!isInstructor || !isUp) return;
    fetchCohorts().then(
      (list) => {
        cohorts.value = list;
      },
      () => {}, // Without a class there is nobody to show it to; the next visit asks again.
    );
  }, [isInstructor, isUp]);
  if (!isInstructor || !isUp) return null;
  if (shownTo !== null)
    return (
      <div class="lp-watch-row" data-tone="watching">
        <Icon name="eye" />
        <div class="lp-watch-text">
          <strong>{words.shown(shownTo.name)}</strong>
          <span class="lp-watch-since">{words.viewers(shownTo.viewers)}</span>
        </div>
        <div class="lp-watch-buttons">
          <button
            type="button"
            class="lp-button lp-watch-allow"
            disabled={isBusy}
            onClick={() => void send(() => stopShowing(shownTo.cohort))}
          >
            {words.stop}
          </button>
        </div>
      </div>
    );
  const cohort = cohorts.value.find(({ id }) => id === chosen.value) ?? cohorts.value[0];
  if (cohort === undefined) return null;
  return (
    <div class="lp-show-row">
      <label>
        {words.label}
        <select
          value={cohort.id}
          onChange={(event) => {
            chosen.value = event.currentTarget.value;
          }}
        >
          {cohorts.value.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <button
        type="button"
        class="lp-button"
        disabled={isBusy}
        onClick={() => void send((id) => showToClass(cohort.id, id))}
      >
        {words.start}
      </button>
    </div>
  );
}
