import { useClass } from '../class-context.ts';
import { COHORT_VIEWS, type CohortViewName, cohortHref } from '../cohort-view.ts';

export function CohortViews({ cohort, current }: { cohort: string; current: CohortViewName }) {
  const { texts } = useClass();
  return (
    <nav class="cl-views" aria-label={texts.views.label}>
      {COHORT_VIEWS.map((view) => (
        <a key={view} href={cohortHref(cohort, view)} aria-current={view === current ? 'page' : undefined}>
          {texts.views[view]}
        </a>
      ))}
    </nav>
  );
}
