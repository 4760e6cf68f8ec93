/** What the lower part of the pane can show, in the order of its tabs. */
export const SIDE_VIEWS = ['exercise', 'map', 'timeline', 'app'] as const;
export type SideView = (typeof SIDE_VIEWS)[number];

/** As remembered: anything else counts as the exercise. */
export function sideViewOr(value: unknown, otherwise: SideView = 'exercise'): SideView {
  return SIDE_VIEWS.find((view) => view === value) ?? otherwise;
}
