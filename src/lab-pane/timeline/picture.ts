import { imageRef } from '#contract/image-ref.ts';
import type { NodeCondition } from '#contract/node-condition.ts';
import { conditionAfter, type HistoryEntry, type RequestOutcome } from '#contract/swarm-history.ts';
import { type Lane, lanesOf, type TaskLook } from './task-lanes.ts';

/** What the ribbon shows. `monitor`: all new tasks run, and a failure still counts. */
export type Phase =
  | 'updating'
  | 'monitor'
  | 'rolling-back'
  | 'completed'
  | 'paused'
  | 'rolled-back'
  | 'rollback-paused';

export interface Span {
  readonly fromMs: number;
  readonly toMs: number;
}

export interface PhaseSpan extends Span {
  readonly phase: Phase;
}

export interface CapacityStep {
  readonly atMs: number;
  readonly running: number;
  readonly desired: number;
  readonly byImage: readonly (readonly [image: string, count: number])[];
}

export interface Visit {
  readonly atMs: number;
  readonly node: string;
  readonly outcome: RequestOutcome | 'not-yet';
  readonly status: number | null;
  readonly durationMs: number;
  readonly version: string | null;
}

/** What happened to a node, or was deployed: a line across the lanes. */
export type Mark = { readonly atMs: number } & (
  | { readonly kind: 'power'; readonly node: string; readonly condition: NodeCondition }
  | { readonly kind: 'control'; readonly node: string; readonly answers: boolean }
  | { readonly kind: 'node'; readonly node: string; readonly change: NodeChange }
  | { readonly kind: 'deployed'; readonly image: string }
);
export type NodeChange =
  | 'drain'
  | 'pause'
  | 'active'
  | 'down'
  | 'ready'
  | 'leader'
  | 'manager'
  | 'worker'
  | 'removed';

/** Everything that is drawn of one service between two moments. */
export interface Picture extends Span {
  readonly serviceId: string;
  readonly lanes: readonly Lane[];
  readonly phases: readonly PhaseSpan[];
  readonly capacity: readonly CapacityStep[];
  readonly visits: readonly Visit[];
  readonly marks: readonly Mark[];
  /** When no manager answered: what is drawn there was known before. */
  readonly gaps: readonly Span[];
  /** Images in the order in which they came. */
  readonly images: readonly string[];
}

/**
 * The service between these moments. Pure; entries in the order of their numbers.
 * @param isMonitoring whether the update that lasts waits for its monitor time only
 */
export function pictureOf(
  entries: readonly HistoryEntry[],
  serviceId: string,
  span: Span,
  isMonitoring = false,
): Picture {
  const all = lanesOf(entries, serviceId);
  const lanes = all.map((lane) => withLives(lane, span)).filter(({ lives }) => lives.length > 0);
  const lives = lanes.flatMap((lane) => lane.lives).sort((one, other) => one.fromMs - other.fromMs);
  return {
    ...span,
    serviceId,
    lanes,
    phases: phasesIn(entries, serviceId, { span, lanes: all, isMonitoring }),
    capacity: capacityIn(entries, serviceId, span),
    visits: visitsIn(entries, span),
    marks: marksIn(entries, serviceId).filter((mark) => isWithin(mark.atMs, span)),
    gaps: gapsIn(entries).flatMap((gap) => overlap(gap, span)),
    images: [...new Set(lives.map(({ image }) => image))],
  };
}

function withLives(lane: Lane, span: Span): Lane {
  const lives = lane.lives.filter(
    ({ fromMs, toMs }) => fromMs < span.toMs && (toMs ?? span.toMs) > span.fromMs,
  );
  // Rows of tasks that were gone before leave no empty space.
  const used = [...new Set(lives.map(({ row }) => row))].sort((one, other) => one - other);
  return {
    ...lane,
    lives: lives.map((life) => ({ ...life, row: used.indexOf(life.row) })),
    rows: Math.max(1, used.length),
  };
}

const PHASES: Readonly<Record<string, Phase>> = {
  updating: 'updating',
  rollback_started: 'rolling-back',
  completed: 'completed',
  paused: 'paused',
  rollback_completed: 'rolled-back',
  rollback_paused: 'rollback-paused',
};

function phasesIn(
  entries: readonly HistoryEntry[],
  serviceId: string,
  { span, lanes, isMonitoring }: { span: Span; lanes: readonly Lane[]; isMonitoring: boolean },
): PhaseSpan[] {
  const spans: PhaseSpan[] = [];
  let state: string | null = null;
  let sinceMs = span.fromMs;
  const close = (atMs: number, next: string | null): void => {
    const phase = state === null ? undefined : PHASES[state];
    if (phase === undefined) return;
    const whole = { phase, fromMs: sinceMs, toMs: Math.max(atMs, sinceMs) };
    const endsWell =
      next === 'completed' || next === 'rollback_completed' || (next === 'still' && isMonitoring);
    spans.push(...(endsWell ? withMonitor(whole, lanes) : [whole]));
  };
  for (const entry of entries) {
    if (entry.type !== 'update-state' || entry.service.id !== serviceId || entry.old === entry.new) continue;
    close(entry.atMs, entry.new);
    state = entry.new;
    sinceMs = entry.atMs;
  }
  close(Math.max(span.toMs, sinceMs), 'still');
  return spans.flatMap((one) => overlap(one, span).map((cut) => ({ phase: one.phase, ...cut })));
}

/** From the moment that the last new task ran, an update waited for nothing but the monitor time. */
function withMonitor(whole: PhaseSpan, lanes: readonly Lane[]): PhaseSpan[] {
  const starts = lanes
    .flatMap(({ lives }) => lives)
    .flatMap(({ stretches }) => stretches)
    .filter(({ look, fromMs }) => look === 'running' && fromMs > whole.fromMs && fromMs < whole.toMs)
    .map(({ fromMs }) => fromMs);
  if (starts.length === 0) return [whole];
  const fromMs = Math.max(...starts);
  return [
    { ...whole, toMs: fromMs },
    { phase: 'monitor', fromMs, toMs: whole.toMs },
  ];
}

function capacityIn(entries: readonly HistoryEntry[], serviceId: string, span: Span): CapacityStep[] {
  const steps: CapacityStep[] = [];
  for (const entry of entries) {
    if (entry.type === 'service-removed' && entry.service.id === serviceId && entry.atMs <= span.toMs) {
      steps.push({ atMs: entry.atMs, running: 0, desired: 0, byImage: [] });
    }
    if (entry.type !== 'capacity' || entry.service.id !== serviceId || entry.atMs > span.toMs) continue;
    const { atMs, running, desired } = entry;
    const byImage = Object.entries(entry.byImage).map(([image, count]) => [imageRef(image), count] as const);
    steps.push({ atMs, running, desired, byImage });
  }
  const firstWithin = steps.findIndex(({ atMs }) => atMs > span.fromMs);
  return firstWithin < 0 ? steps.slice(-1) : steps.slice(Math.max(0, firstWithin - 1));
}

function visitsIn(entries: readonly HistoryEntry[], span: Span): Visit[] {
  let hasAnswered = false;
  const visits: Visit[] = [];
  for (const entry of entries) {
    if (entry.type !== 'request') continue;
    const { atMs, labNode: node, outcome, status, durationMs, version } = entry;
    if (outcome !== 'refused') hasAnswered = true;
    // Before anything ever listened, that nothing does is no fault of a rollout.
    const known = outcome === 'refused' && !hasAnswered ? 'not-yet' : outcome;
    if (isWithin(atMs, span)) visits.push({ atMs, node, outcome: known, status, durationMs, version });
  }
  return visits;
}

/** Whether a visitor would have seen an error. */
export function isFailure({ outcome }: Visit): boolean {
  return outcome !== 'ok' && outcome !== 'not-yet';
}

function marksIn(entries: readonly HistoryEntry[], serviceId: string): Mark[] {
  const nodes = new Map<string, Extract<HistoryEntry, { type: 'node-changed' }>>();
  let isWayBack = false;
  return entries.flatMap((entry): Mark[] => {
    const { atMs } = entry;
    switch (entry.type) {
      case 'power':
        return [{ kind: 'power', atMs, node: entry.labNode, condition: conditionAfter(entry) }];
      case 'control':
        return [{ kind: 'control', atMs, node: entry.labNode, answers: entry.answers }];
      case 'node-removed':
        return [{ kind: 'node', atMs, node: entry.node, change: 'removed' }];
      case 'node-changed': {
        const before = nodes.get(entry.node);
        nodes.set(entry.node, entry);
        return before === undefined
          ? []
          : changesOf(before, entry).map((change) => ({ kind: 'node', atMs, node: entry.node, change }));
      }
      case 'update-state':
        if (entry.service.id === serviceId) isWayBack = entry.new === 'rollback_started';
        return [];
      case 'spec-changed':
        // What the way back restores was deployed before; the ribbon shows when.
        return entry.service.id === serviceId && entry.image.old !== entry.image.new && !isWayBack
          ? [{ kind: 'deployed', atMs, image: imageRef(entry.image.new) }]
          : [];
      default:
        return [];
    }
  });
}

type NodeEntry = Extract<HistoryEntry, { type: 'node-changed' }>;

/** Only what matters to somebody who watches a service. */
export function changesOf(before: NodeEntry, now: NodeEntry): NodeChange[] {
  const changes: NodeChange[] = [];
  if (before.availability !== now.availability && /^(drain|pause|active)$/.test(now.availability))
    changes.push(now.availability as NodeChange);
  if (before.state !== now.state && /^(down|ready)$/.test(now.state)) changes.push(now.state as NodeChange);
  if (!before.leader && now.leader) changes.push('leader');
  else if (before.role !== now.role && /^(manager|worker)$/.test(now.role))
    changes.push(now.role as NodeChange);
  return changes;
}

function gapsIn(entries: readonly HistoryEntry[]): Span[] {
  const gaps: Span[] = [];
  const refusing = new Set<string>();
  let sinceMs: number | null = null;
  for (const entry of entries) {
    if (entry.type !== 'control') continue;
    if (entry.answers) refusing.delete(entry.labNode);
    else refusing.add(entry.labNode);
    if (refusing.size > 0) sinceMs ??= entry.atMs;
    // A leader that answers for the cluster proves it for all.
    if (sinceMs !== null && entry.answers) {
      gaps.push({ fromMs: sinceMs, toMs: entry.atMs });
      sinceMs = null;
      refusing.clear();
    }
  }
  if (sinceMs !== null) gaps.push({ fromMs: sinceMs, toMs: Number.POSITIVE_INFINITY });
  return gaps;
}

function overlap(one: Span, span: Span): Span[] {
  const fromMs = Math.max(one.fromMs, span.fromMs);
  const toMs = Math.min(one.toMs, span.toMs);
  return toMs > fromMs ? [{ fromMs, toMs }] : [];
}

function isWithin(atMs: number, { fromMs, toMs }: Span): boolean {
  return atMs >= fromMs && atMs <= toMs;
}

/** How things stood at one moment. */
export interface Moment {
  readonly atMs: number;
  readonly phase: Phase | null;
  readonly isUnknown: boolean;
  readonly capacity: CapacityStep | null;
  /** Living tasks by image and look, in the order of the images. */
  readonly tasks: readonly { readonly image: string; readonly look: TaskLook; readonly count: number }[];
  /** Tasks that had failed by then. */
  readonly failed: number;
  readonly visit: Visit | null;
  readonly marks: readonly Mark[];
}

/** A request tells of a second or so, not of a minute later. */
const VISIT_TELLS_MS = 2_600;

export function momentAt(picture: Picture, atMs: number): Moment {
  const counts = new Map<string, { image: string; look: TaskLook; count: number }>();
  const lives = picture.lanes.flatMap((lane) => lane.lives);
  for (const image of picture.images) {
    for (const life of lives) {
      if (life.image !== image) continue;
      const stretch = life.stretches.find(
        ({ fromMs, toMs }) => fromMs <= atMs && (toMs ?? Number.POSITIVE_INFINITY) > atMs,
      );
      if (stretch === undefined) continue;
      const { look } = stretch;
      const known = counts.get(`${image} ${look}`) ?? { image, look, count: 0 };
      counts.set(`${image} ${look}`, { ...known, count: known.count + 1 });
    }
  }
  const visit = picture.visits.findLast((one) => one.atMs <= atMs) ?? null;
  const nearMs = (picture.toMs - picture.fromMs) / 80;
  return {
    atMs,
    phase: picture.phases.findLast((one) => one.fromMs <= atMs)?.phase ?? null,
    isUnknown: picture.gaps.some(({ fromMs, toMs }) => fromMs <= atMs && atMs < toMs),
    capacity: picture.capacity.findLast((step) => step.atMs <= atMs) ?? null,
    tasks: [...counts.values()],
    failed: lives.filter(({ end, toMs }) => end === 'failed' && (toMs ?? 0) <= atMs).length,
    visit: visit !== null && atMs - visit.atMs <= VISIT_TELLS_MS ? visit : null,
    marks: picture.marks.filter((mark) => Math.abs(mark.atMs - atMs) <= nearMs),
  };
}

/** What two rollouts are compared by. */
export interface Figures {
  readonly durationMs: number;
  readonly lowestCapacity: number | null;
  readonly failedTasks: number;
  readonly requests: number;
  readonly failedRequests: number;
}

export function figuresOf(picture: Picture, startedAtMs: number, endedAtMs: number | null): Figures {
  const endMs = endedAtMs ?? picture.toMs;
  const during = (atMs: number): boolean => atMs >= startedAtMs && atMs <= endMs;
  const before = picture.capacity.findLast(({ atMs }) => atMs < startedAtMs);
  const steps = picture.capacity.filter(({ atMs }) => during(atMs));
  const running = [...(before ? [before] : []), ...steps].map((step) => step.running);
  const lives = picture.lanes.flatMap((lane) => lane.lives);
  const visits = picture.visits.filter(({ atMs, outcome }) => during(atMs) && outcome !== 'not-yet');
  return {
    durationMs: endMs - startedAtMs,
    lowestCapacity: running.length === 0 ? null : Math.min(...running),
    failedTasks: lives.filter(({ end, toMs }) => end === 'failed' && toMs !== null && toMs >= startedAtMs)
      .length,
    requests: visits.length,
    failedRequests: visits.filter(isFailure).length,
  };
}
