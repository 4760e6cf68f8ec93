/** The parts of a class's page, in their order; each has an address of its own. */
export const COHORT_VIEWS = ['live', 'help', 'people', 'grades', 'capacity', 'settings'] as const;
export type CohortViewName = (typeof COHORT_VIEWS)[number];

/** @returns the view that an address names; `null` where it names none */
export function readView(name: string | null): CohortViewName | null {
  return COHORT_VIEWS.find((view) => view === name) ?? null;
}

/** Where one begins: in a class that nobody has joined yet there is nothing to see but the join code. */
export function firstView(hasLearners: boolean): CohortViewName {
  return hasLearners ? COHORT_VIEWS[0] : 'people';
}

export function cohortHref(cohort: string, view?: CohortViewName): string {
  return `?${new URLSearchParams({ cohort, ...(view && { view }) })}`;
}
