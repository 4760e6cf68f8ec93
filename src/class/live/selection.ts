/** Who is chosen, and from where a range goes on. */
export interface Selection {
  readonly chosen: ReadonlySet<string>;
  readonly anchor: string | null;
}

export const NOBODY: Selection = { chosen: new Set(), anchor: null };

/** Chooses one, or leaves it out. */
export function toggle({ chosen }: Selection, id: string): Selection {
  const next = new Set(chosen);
  if (!next.delete(id)) next.add(id);
  return { chosen: next, anchor: id };
}

/** Chooses everybody from the last one on, in the order shown. The last one stays the beginning. */
export function extend(selection: Selection, id: string, shown: readonly string[]): Selection {
  const from = selection.anchor === null ? -1 : shown.indexOf(selection.anchor);
  const to = shown.indexOf(id);
  if (from < 0 || to < 0) return toggle(selection, id);
  const range = shown.slice(Math.min(from, to), Math.max(from, to) + 1);
  return { chosen: new Set([...selection.chosen, ...range]), anchor: selection.anchor };
}

/** All that are shown, or none of them if all are chosen already. */
export function toggleAll({ chosen }: Selection, shown: readonly string[]): Selection {
  const others = [...chosen].filter((id) => !shown.includes(id));
  const isAll = shown.every((id) => chosen.has(id));
  return { chosen: new Set(isAll ? others : [...others, ...shown]), anchor: null };
}
