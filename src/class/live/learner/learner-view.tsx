import { useSignal } from '@preact/signals';
import { useEffect, useMemo } from 'preact/hooks';
import type { CohortView } from '#contract/class-api.ts';
import type { LiveLearner } from '#contract/class-live.ts';
import { loadTexts as loadPaneTexts, type PaneTexts } from '../../../lab-pane/texts.ts';
import { CellLegend } from '../cell-legend.tsx';
import { ExerciseCell } from '../exercise-cell.tsx';
import { liveHref, readLiveAddress } from '../live-address.ts';
import { useLive } from '../live-context.ts';
import { passedCount } from '../need.ts';
import { NowLine } from '../now-cell.tsx';
import { sectionsOf } from '../sections.ts';
import type { ServerClock } from '../server-clock.ts';
import { AttemptsCard } from './attempts-card.tsx';
import { KeptRolloutsCard } from './kept-rollouts-card.tsx';
import { LabCards } from './lab-cards.tsx';
import { LearnerApi } from './learner-api.ts';

interface LearnerViewProps {
  readonly cohort: CohortView;
  readonly learner: LiveLearner;
  readonly clock: ServerClock;
}

/** One learner: where they stand, what their lab looks like, and what they tried. Nothing of their terminals. */
export function LearnerView({ cohort, learner, clock }: LearnerViewProps) {
  const { language, texts, exercises } = useLive();
  const api = useMemo(() => new LearnerApi(cohort.id, learner.id), [cohort.id, learner.id]);
  const paneTexts = useSignal<PaneTexts | null>(null);
  const chosenLab = useSignal<string | null>(null);
  useEffect(() => {
    void loadPaneTexts(language).then((loaded) => {
      paneTexts.value = loaded;
    });
  }, [language]);
  const lab = learner.labs.find(({ id }) => id === chosenLab.value) ?? learner.labs[0] ?? null;
  // What they tried is asked for again when a count of it has changed.
  const attempts = Object.values(learner.cells).reduce((sum, cell) => sum + cell.attempts, 0);
  return (
    <section class="lv-view lv-learner" aria-labelledby="lv-learner-name">
      <header class="lv-learner-head">
        <a href={liveHref(cohort.id, readLiveAddress(location.search))}>← {texts.learner.back}</a>
        <h3 id="lv-learner-name">{learner.name}</h3>
        <NowLine learner={learner} clock={clock} />
      </header>
      <div class="lv-strip">
        {sectionsOf(exercises).map((section) => (
          <div key={section.lesson}>
            <span class="lv-quiet">{section.lesson}</span>
            <table>
              <tbody>
                <tr>
                  {section.exercises.map((exercise) => (
                    <ExerciseCell
                      key={exercise.id}
                      exercise={exercise}
                      cell={learner.cells[exercise.id]}
                      isFirst={false}
                    />
                  ))}
                </tr>
              </tbody>
            </table>
          </div>
        ))}
        <strong>{texts.table.passedOf(passedCount(learner, exercises), exercises.length)}</strong>
      </div>
      <CellLegend />
      {lab !== null && paneTexts.value !== null && (
        <LabCards
          key={lab.id}
          api={api}
          lab={lab}
          labs={learner.labs}
          paneTexts={paneTexts.value}
          onChoose={(id) => {
            chosenLab.value = id;
          }}
        />
      )}
      {lab === null && <p class="lv-nothing">{texts.learner.noLab}</p>}
      {lab === null && <KeptRolloutsCard api={api} />}
      <AttemptsCard key={attempts} api={api} />
    </section>
  );
}
