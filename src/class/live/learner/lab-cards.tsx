import { useSignal } from '@preact/signals';
import { useEffect, useMemo } from 'preact/hooks';
import type { LiveLab } from '#contract/class-live.ts';
import { conditionOf } from '#contract/node-condition.ts';
import { LabViewContext } from '../../../lab-pane/lab-view-parts.ts';
import { MapView } from '../../../lab-pane/map/map-view.tsx';
import type { PaneTexts } from '../../../lab-pane/texts.ts';
import { TimelineView } from '../../../lab-pane/timeline/timeline-view.tsx';
import { LabWords } from '../lab-cell.tsx';
import { useLive } from '../live-context.ts';
import { ChecksCard } from './checks-card.tsx';
import type { LearnerApi } from './learner-api.ts';
import { LearnerLab } from './learner-lab.ts';
import { RecentChanges } from './recent-changes.tsx';
import { UsageTable } from './usage-table.tsx';

interface LabCardsProps {
  readonly api: LearnerApi;
  readonly lab: LiveLab;
  readonly labs: readonly LiveLab[];
  readonly paneTexts: PaneTexts;
  readonly onChoose: (id: string) => void;
}

/** An open lab from all sides: state and resources, checks, map, rollouts, what has just happened. */
export function LabCards({ api, lab, labs, paneTexts, onChoose }: LabCardsProps) {
  const { language, texts, labTitles } = useLive();
  const followed = useSignal<LearnerLab | null>(null);
  const moment = useSignal<number | null>(null);
  useEffect(() => {
    const opened = new LearnerLab(api, lab.id);
    followed.value = opened;
    return () => opened[Symbol.dispose]();
  }, [api, lab.id]);
  const seen = followed.value;
  const view = useMemo(
    () =>
      seen && {
        lab: seen,
        power: { condition: (node: string) => conditionOf(seen.session.value?.conditions ?? {}, node) },
        language,
        texts: paneTexts,
        isReadOnly: true,
      },
    [seen, language, paneTexts],
  );
  if (seen === null || view === null) return null;
  return (
    <LabViewContext.Provider value={view}>
      <div class="lv-cards">
        <section class="fm-card" aria-labelledby="lv-lab">
          <div class="cl-card-head">
            <h3 id="lv-lab">{texts.learner.lab}</h3>
            {labs.length > 1 && (
              <select
                aria-label={texts.learner.lab}
                value={lab.id}
                onChange={(event) => onChoose(event.currentTarget.value)}
              >
                {labs.map((one) => (
                  <option key={one.id} value={one.id}>
                    {labTitles.get(one.lab)?.[language] ?? one.lab}
                  </option>
                ))}
              </select>
            )}
          </div>
          <p>{labTitles.get(lab.lab)?.[language] ?? lab.lab}</p>
          <LabWords lab={lab} />
          <UsageTable lab={seen} />
        </section>
        <ChecksCard lab={seen} />
        <div class="fm-card lv-wide">
          <h3>{texts.learner.map}</h3>
          <div class="lp-frame lv-frame">
            <MapView />
          </div>
        </div>
        <div class="fm-card lv-wide">
          <h3>{texts.learner.timeline}</h3>
          <div class="lp-frame lv-frame">
            <TimelineView lab={seen} shelf={api} moment={moment} />
          </div>
        </div>
        <RecentChanges lab={seen} />
      </div>
    </LabViewContext.Provider>
  );
}
