/** The parts of a class's page, in their order; each has an address of its own. */
export const COHORT_VIEWS = ['help', 'people', 'settings'] as const;
export type CohortViewName = (typeof COHORT_VIEWS)[number];

/** @returns the view that an address names, else the first */
export function readView(name: string | null): CohortViewName {
  return COHORT_VIEWS.find((view) => view === name) ?? COHORT_VIEWS[0];
}

export function cohortHref(cohort: string, view?: CohortViewName): string {
  return `?${new URLSearchParams({ cohort, ...(view && { view }) })}`;
}
