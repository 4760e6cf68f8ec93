const KEY = 'rollout-lab.care.aside';
const KEPT = 50;

/** Ids of rounds that this browser does not show any more, newest first. */
export function readPutAside(): readonly string[] {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(KEY) ?? '[]');
    return Array.isArray(stored) ? stored.filter((id) => typeof id === 'string') : [];
  } catch {
    return [];
  }
}

/** @returns those that are put aside now */
export function putAside(id: string): readonly string[] {
  const ids = [id, ...readPutAside().filter((one) => one !== id)].slice(0, KEPT);
  try {
    localStorage.setItem(KEY, JSON.stringify(ids));
  } catch {
    // Without storage it comes back with the next page.
  }
  return ids;
}
