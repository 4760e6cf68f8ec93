import type { RolloutOutcome } from '#contract/rollouts.ts';
import type { RequestOutcome } from '#contract/swarm-history.ts';
import type { TextSources } from '../view-texts.ts';
import type { NodeChange, Phase } from './picture.ts';
import type { TaskLook } from './task-lanes.ts';

/** Everything that the timeline says. `code` in backticks. */
export interface TimelineTexts {
  readonly region: string;
  readonly empty: {
    readonly noLab: string;
    readonly noService: string;
    readonly loading: string;
  };
  readonly service: string;
  readonly rollout: string;
  /** What the chooser offers besides rollouts. */
  readonly recent: string;
  readonly recentHint: string;
  readonly earlier: string;
  readonly option: (from: string, to: string, outcome: string, clock: string) => string;
  readonly live: string;
  readonly liveOff: string;
  readonly text: string;
  readonly compare: string;
  readonly save: string;
  readonly saveAs: { readonly svg: string; readonly png: string; readonly text: string };
  readonly saved: string;
  readonly saveFailed: string;
  readonly outcomes: Readonly<Record<RolloutOutcome, string>>;
  readonly phases: Readonly<Record<Phase, string>>;
  /** Of the ribbon's end while seconds are left. */
  readonly secondsLeft: (seconds: number) => string;
  readonly rows: {
    readonly update: string;
    readonly replica: (slot: number) => string;
    readonly capacity: string;
    readonly requests: string;
  };
  readonly looks: Readonly<Record<TaskLook | 'failed' | 'ended', string>>;
  readonly legend: string;
  readonly legendDesired: string;
  readonly legendUnknown: string;
  readonly visits: Readonly<Record<RequestOutcome | 'not-yet', string>>;
  readonly noRequests: string;
  readonly seconds: (seconds: string) => string;
  readonly minutes: (minutes: number, seconds: number) => string;
  readonly chart: (service: string) => string;
  readonly scrub: string;
  readonly moment: {
    readonly running: (running: number, desired: number) => string;
    readonly tasks: (version: string, count: number, look: string) => string;
    readonly failed: (count: number) => string;
    readonly visit: (outcome: string, status: number | null, ms: number, version: string | null) => string;
    readonly unknown: string;
    readonly quiet: string;
  };
  readonly marks: {
    readonly power: Readonly<Record<'on' | 'off' | 'frozen' | 'unplugged', (node: string) => string>>;
    readonly control: (node: string, answers: boolean) => string;
    readonly node: Readonly<Record<NodeChange, (node: string) => string>>;
    readonly deployed: (image: string) => string;
  };
  readonly log: {
    readonly title: string;
    readonly copy: string;
    readonly copied: string;
    readonly copyFailed: string;
    readonly more: (count: number) => string;
    readonly replica: (slot: number) => string;
    readonly onNode: (node: string) => string;
    readonly created: (service: string, image: string, replicas: number | null) => string;
    readonly removed: (service: string) => string;
    readonly deployed: (from: string, to: string) => string;
    readonly restored: (from: string, to: string) => string;
    readonly scaled: (from: number, to: number) => string;
    readonly changed: (fields: string) => string;
    readonly state: (state: string) => string;
    readonly stateErased: string;
    readonly because: (error: string) => string;
    readonly starting: (place: string, version: string) => string;
    readonly replacing: (place: string, from: string, to: string) => string;
    readonly running: (place: string, version: string) => string;
    readonly stopping: (place: string, version: string) => string;
    readonly stopped: (place: string, version: string) => string;
    readonly failed: (place: string, version: string) => string;
    readonly waiting: (place: string, version: string) => string;
    readonly unhealthy: (place: string, version: string) => string;
    readonly capacity: (running: number, desired: number) => string;
    readonly visitFails: (outcome: string, status: number | null) => string;
    readonly visitsWork: string;
    readonly swarmJoined: (node: string) => string;
    readonly swarmLeft: (node: string) => string;
  };
  readonly comparison: {
    readonly title: string;
    readonly first: string;
    readonly second: string;
    readonly only: string;
    readonly loading: string;
    readonly lost: string;
    readonly caption: string;
    readonly duration: string;
    readonly lowest: string;
    readonly failedTasks: string;
    readonly failedRequests: string;
    readonly ofRequests: (failed: number, all: number) => string;
    readonly noRequests: string;
    readonly parallelism: string;
    readonly order: string;
    readonly monitor: string;
    readonly delay: string;
    readonly onFailure: string;
    readonly rollback: string;
    readonly outcome: string;
    readonly byDefault: (value: string) => string;
    readonly unset: string;
    readonly unknown: string;
  };
}

export const TIMELINE_TEXTS: TextSources<TimelineTexts> = {
  ko: async () => (await import('./texts-ko.ts')).KO,
  en: async () => (await import('./texts-en.ts')).EN,
};
