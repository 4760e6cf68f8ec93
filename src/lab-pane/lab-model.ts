import type {
  ExerciseVerdict,
  LabEvent,
  LabSessionView,
  NodeStatus,
  Progress,
  Waiting,
} from '#contract/api.ts';
import { type LabWatch, NOBODY_WATCHES } from '#contract/class-watch.ts';
import type { LocalizedText } from '#contract/language.ts';
import type { LabPort } from '#contract/preview.ts';
import type { SwarmMap } from '#contract/swarm-map.ts';
import { type LabHistory, NO_HISTORY, withEntries } from './lab-history.ts';
import { type LimitNews, NO_LIMITS, withLimits } from './limit-news.ts';

export interface LabNotice {
  readonly text: LocalizedText;
  readonly level: 'info' | 'warning';
}

/** What the swarm waits for, and when this page heard so: from then on it counts down by itself. */
export interface Waits {
  readonly list: readonly Waiting[];
  readonly heardAtMs: number;
}

/** What the server has told about the learner's lab. Only {@link reduceLab} makes the next one. */
export interface LabModel {
  readonly session: LabSessionView | null;
  readonly progress: Progress | null;
  /** The newest verdict of each exercise for the session's present generation. */
  readonly verdicts: Readonly<Record<string, ExerciseVerdict>>;
  readonly notice: LabNotice | null;
  /** The swarm's word on each node; empty until it was told. */
  readonly nodes: readonly NodeStatus[];
  readonly waits: Waits;
  /** The swarms as drawn; `null` until they were told. */
  readonly map: SwarmMap | null;
  /** When this page heard of the map, by its own clock. */
  readonly mapHeardAtMs: number;
  /** What has happened since the lab was started or reset, as far as it was told or asked for. */
  readonly history: LabHistory;
  /** What the swarm publishes, and where. */
  readonly ports: readonly LabPort[];
  readonly limits: LimitNews;
  /** Who asks to watch, and who does. */
  readonly watch: LabWatch;
  /** When the state began that the session is in, steps of it not counted. */
  readonly stateSinceMs: number;
}

export const EMPTY_LAB: LabModel = {
  session: null,
  progress: null,
  verdicts: {},
  notice: null,
  nodes: [],
  waits: { list: [], heardAtMs: 0 },
  map: null,
  mapHeardAtMs: 0,
  history: NO_HISTORY,
  ports: [],
  limits: NO_LIMITS,
  watch: NOBODY_WATCHES,
  stateSinceMs: 0,
};

/** Answers to requests and events of the stream may overtake each other: what is older is dropped. */
export function reduceLab(model: LabModel, event: LabEvent, nowMs: number = Date.now()): LabModel {
  switch (event.type) {
    case 'session':
      return withSession(model, event.session);
    case 'progress':
      return { ...model, progress: event.progress };
    case 'verdict':
      return withVerdict(model, event.verdict);
    case 'nodes':
      return { ...model, nodes: event.nodes };
    case 'waiting':
      return { ...model, waits: { list: event.waiting, heardAtMs: nowMs } };
    case 'map':
      return { ...model, map: event.map, mapHeardAtMs: nowMs };
    case 'ports':
      return { ...model, ports: event.ports };
    case 'history':
      return { ...model, history: withEntries(model.history, event) };
    case 'limits':
      return { ...model, limits: withLimits(model.limits, event.limits) };
    case 'watch':
      return { ...model, watch: event.watch };
    case 'notice':
      return { ...model, notice: { text: event.notice, level: event.level } };
  }
}

function withSession(model: LabModel, session: LabSessionView): LabModel {
  const current = model.session;
  if (current === null || current.id !== session.id)
    return entered({ ...model, history: NO_HISTORY, watch: NOBODY_WATCHES }, session, {});
  if (session.generation < current.generation) return model;
  if (session.status.sinceMs < current.status.sinceMs) return model;
  const verdicts = ofGeneration(model.verdicts, session.generation);
  if (session.status.state === current.status.state) return { ...model, session, verdicts };
  return entered(model, session, verdicts);
}

function entered(model: LabModel, session: LabSessionView, verdicts: LabModel['verdicts']): LabModel {
  const { state, sinceMs } = session.status;
  // A pause changes no roles; every other state but `ready` is about a swarm that is not there.
  const keepsNodes = state === 'ready' || state === 'paused' || state === 'resuming';
  return {
    ...model,
    session,
    verdicts,
    nodes: keepsNodes ? model.nodes : EMPTY_LAB.nodes,
    map: keepsNodes ? model.map : EMPTY_LAB.map,
    ports: keepsNodes ? model.ports : EMPTY_LAB.ports,
    waits: state === 'ready' ? model.waits : EMPTY_LAB.waits,
    limits: keepsNodes ? model.limits : EMPTY_LAB.limits,
    watch: state === 'closed' ? NOBODY_WATCHES : model.watch,
    stateSinceMs: sinceMs,
  };
}

function withVerdict(model: LabModel, verdict: ExerciseVerdict): LabModel {
  // The first verdict after a reset may come before the session says that it is ready again.
  if (model.session === null || verdict.generation < model.session.generation) return model;
  const known = model.verdicts[verdict.exercise];
  if (known && known.evaluatedAtMs > verdict.evaluatedAtMs) return model;
  return { ...model, verdicts: { ...model.verdicts, [verdict.exercise]: verdict } };
}

function ofGeneration(verdicts: LabModel['verdicts'], generation: number): LabModel['verdicts'] {
  return Object.fromEntries(
    Object.entries(verdicts).filter(([, verdict]) => verdict.generation >= generation),
  );
}
