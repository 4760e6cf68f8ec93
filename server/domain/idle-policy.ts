export interface IdleLimits {
  readonly pauseMs: number;
  readonly closeMs: number;
}

export interface LabActivity {
  readonly state: 'ready' | 'paused' | 'other';
  /** Pages and terminals that are connected right now. */
  readonly connections: number;
  readonly lastSeenAtMs: number;
  /** An instructor keeps it until then. */
  readonly keepUntilMs: number | null;
}

/** What to do with a lab that nobody looks at. A connected page keeps a lab awake, however long it only reads. */
export function idleAction(
  activity: LabActivity,
  limits: IdleLimits,
  nowMs: number,
): 'none' | 'pause' | 'close' {
  if (activity.connections > 0 || activity.state === 'other') return 'none';
  if (activity.keepUntilMs !== null && nowMs < activity.keepUntilMs) return 'none';
  const idleMs = nowMs - activity.lastSeenAtMs;
  if (idleMs >= limits.closeMs) return 'close';
  if (activity.state === 'ready' && idleMs >= limits.pauseMs) return 'pause';
  return 'none';
}
