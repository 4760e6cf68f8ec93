import { useMemo } from 'preact/hooks';
import { conditionOf } from '#contract/node-condition.ts';
import { LabViewContext } from '../../../lab-pane/lab-view-parts.ts';
import { MapView } from '../../../lab-pane/map/map-view.tsx';
import { useSight } from '../sight-context.ts';
import { TerminalTabs } from './terminal-tabs.tsx';
import { WatchedExercise } from './watched-exercise.tsx';
import { WatchedPorts } from './watched-ports.tsx';

/** The lab as its learner has it: terminals, map, exercise and ports, to look at. */
export function WatchedLab() {
  const { sight, language, texts, paneTexts } = useSight();
  const view = useMemo(
    () => ({
      lab: sight,
      power: {
        condition: (node: string) => conditionOf(sight.model.value.session?.conditions ?? {}, node),
      },
      language,
      texts: paneTexts,
      isReadOnly: true,
    }),
    [sight, language, paneTexts],
  );
  return (
    <LabViewContext.Provider value={view}>
      <div class="wt-body">
        <TerminalTabs />
        <div class="wt-side">
          <WatchedExercise />
          <section class="wt-part" aria-labelledby="wt-map">
            <h3 id="wt-map">{texts.map}</h3>
            <div class="lp-frame wt-frame">
              <MapView />
            </div>
          </section>
          <WatchedPorts />
        </div>
      </div>
    </LabViewContext.Provider>
  );
}
