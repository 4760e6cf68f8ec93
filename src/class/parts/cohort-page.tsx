import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { CohortView, NewSeatsAnswer, RosterEntry } from '#contract/class-api.ts';
import { fetchCohort, fetchRoster } from '../../api-client/class-api.ts';
import { type LabProblem, problemFrom } from '../../api-client/lab-problem.ts';
import { ProblemNote } from '../../forms/problem-note.tsx';
import { CarePanel } from '../care/care-panel.tsx';
import { isSignedOut, useClass } from '../class-context.ts';
import { type CohortViewName, firstView } from '../cohort-view.ts';
import { useHelp } from '../help/help-link.ts';
import { AuditCard } from './audit-card.tsx';
import { CohortViews } from './cohort-views.tsx';
import { InstructorsCard } from './instructors-card.tsx';
import { JoinCard } from './join-card.tsx';
import { JoiningBadge } from './joining-badge.tsx';
import { RosterCard } from './roster-card.tsx';
import { SettingsCard } from './settings-card.tsx';
import { Slips } from './slips.tsx';
import { viewLater } from './view-later.tsx';

const LiveView = viewLater(async () => (await import('../live/live-view.tsx')).LiveView);
const HelpView = viewLater(async () => (await import('../help/help-view.tsx')).HelpView);
const GradesView = viewLater(async () => (await import('../grades/grades-view.tsx')).GradesView);
const CapacityView = viewLater(async () => (await import('../capacity/capacity-view.tsx')).CapacityView);

/** Learners come in while the page is open. */
const REFRESH_EVERY_MS = 5_000;

/** One class: who is in it, how one gets in, who leads it; a part of it at a time. */
export function CohortPage({ id, view: named }: { id: string; view: CohortViewName | null }) {
  const { language, texts, refresh } = useClass();
  const cohort = useSignal<CohortView | null>(null);
  const learners = useSignal<readonly RosterEntry[]>([]);
  // Settled once: who looks at the join code is not carried off by the first learner.
  const view = useSignal(named);
  const slips = useSignal<NewSeatsAnswer['learners'] | null>(null);
  const problem = useSignal<LabProblem | null>(null);
  const help = useHelp(id);
  const load = async () => {
    try {
      const [found, roster] = await Promise.all([fetchCohort(id), fetchRoster(id)]);
      cohort.value = found;
      learners.value = roster.learners;
      view.value ??= firstView(roster.learners.some(({ joinedAtMs }) => joinedAtMs !== null));
      problem.value = null;
    } catch (fault) {
      const failure = problemFrom(fault);
      problem.value = failure;
      if (isSignedOut(failure)) await refresh();
    }
  };
  useEffect(() => {
    void load();
    const timer = setInterval(() => {
      if (!document.hidden) void load();
    }, REFRESH_EVERY_MS);
    return () => clearInterval(timer);
  }, [id]);

  const back = (
    <p class="cl-back">
      <a href="./">← {texts.cohorts.back}</a>
    </p>
  );
  if (cohort.value === null || view.value === null) {
    return (
      <>
        {back}
        {problem.value === null && <p class="fm-quiet">{texts.loading}</p>}
        <ProblemNote problem={problem.value} language={language} />
      </>
    );
  }
  if (slips.value !== null) {
    return (
      <Slips
        cohort={cohort.value}
        learners={slips.value}
        onDone={() => {
          slips.value = null;
        }}
      />
    );
  }
  const onChange = (view: CohortView) => {
    cohort.value = view;
  };
  return (
    <>
      {back}
      <header class="cl-head">
        <h2>{cohort.value.name}</h2>
        <JoiningBadge state={cohort.value.joining} />
        <span class="fm-quiet">{texts.cohorts.taken(cohort.value.seatsTaken, cohort.value.seats)}</span>
      </header>
      <ProblemNote problem={problem.value} language={language} />
      <CohortViews cohort={id} current={view.value} hands={help.state.value.hands?.hands.length ?? 0} />
      <CarePanel cohort={id} />
      {view.value === 'live' && <LiveView cohort={cohort.value} />}
      {view.value === 'help' && <HelpView cohort={id} learners={learners.value} help={help} />}
      {view.value === 'people' && (
        <>
          <JoinCard cohort={cohort.value} onChange={onChange} />
          <RosterCard
            cohort={cohort.value}
            learners={learners.value}
            onChange={load}
            onNewCodes={(seats) => {
              slips.value = seats;
            }}
          />
        </>
      )}
      {view.value === 'grades' && <GradesView cohort={cohort.value} />}
      {view.value === 'capacity' && <CapacityView cohort={id} />}
      {view.value === 'settings' && (
        <>
          <div class="cl-columns">
            <SettingsCard cohort={cohort.value} onChange={onChange} />
            <InstructorsCard cohort={cohort.value} />
          </div>
          <AuditCard cohort={cohort.value} />
        </>
      )}
    </>
  );
}
