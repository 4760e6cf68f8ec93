import { useMemo } from 'preact/hooks';
import { conditionOf } from '#contract/node-condition.ts';
import { LabViewContext } from '../../../lab-pane/lab-view-parts.ts';
import { MapView } from '../../../lab-pane/map/map-view.tsx';
import { useWatch } from '../watch-context.ts';
import { KeyboardNote } from './keyboard-note.tsx';
import { TerminalTabs } from './terminal-tabs.tsx';
import { WatchedExercise } from './watched-exercise.tsx';
import { WatchedPorts } from './watched-ports.tsx';

/** The lab as its learner has it: terminals, map, exercise and ports, to look at. */
export function WatchedLab() {
  const { watch, language, texts, paneTexts } = useWatch();
  const view = useMemo(
    () => ({
      lab: watch,
      power: {
        condition: (node: string) => conditionOf(watch.model.value.session?.conditions ?? {}, node),
      },
      language,
      texts: paneTexts,
      isReadOnly: true,
    }),
    [watch, language, paneTexts],
  );
  return (
    <LabViewContext.Provider value={view}>
      <div class="wt-notes" role="status">
        {watch.connection.value === 'reconnecting' && <p class="fm-note fm-waiting">{texts.offline}</p>}
        {watch.watching.value?.isLearnerThere === false && (
          <p class="fm-note fm-waiting">{texts.learnerAway}</p>
        )}
        <KeyboardNote />
      </div>
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
