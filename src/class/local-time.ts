const MINUTE_MS = 60_000;

/** For `<input type="datetime-local">`, in the reader's time zone; empty for `null`. */
export function localTime(atMs: number | null): string {
  if (atMs === null) return '';
  const offsetMs = new Date(atMs).getTimezoneOffset() * MINUTE_MS;
  return new Date(atMs - offsetMs).toISOString().slice(0, 16);
}

/** `null` for an empty or unfinished input. */
export function fromLocalTime(text: string): number | null {
  const atMs = new Date(text).getTime();
  return text === '' || Number.isNaN(atMs) ? null : atMs;
}
