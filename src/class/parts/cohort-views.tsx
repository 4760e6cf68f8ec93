import { useClass } from '../class-context.ts';
import { COHORT_VIEWS, type CohortViewName, cohortHref } from '../cohort-view.ts';

interface CohortViewsProps {
  readonly cohort: string;
  readonly current: CohortViewName;
  /** How many learners call for help. */
  readonly hands: number;
}

export function CohortViews({ cohort, current, hands }: CohortViewsProps) {
  const { texts } = useClass();
  return (
    <nav class="cl-views" aria-label={texts.views.label}>
      {COHORT_VIEWS.map((view) => (
        <a key={view} href={cohortHref(cohort, view)} aria-current={view === current ? 'page' : undefined}>
          {texts.views[view]}
          {view === 'help' && hands > 0 && <span class="ch-count">{hands}</span>}
        </a>
      ))}
    </nav>
  );
}
