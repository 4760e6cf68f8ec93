import type { LabSessionState } from '#contract/api.ts';
import type { Verdict } from '#contract/check.ts';
import type { CellState, LiveAttempt, NodeTrouble } from '#contract/class-live.ts';
import type { Language } from '#contract/language.ts';
import type { Need } from './need.ts';
import type { LearnerFilter, LearnerOrder } from './shown-learners.ts';

/** Every word of the class view. */
export interface LiveTexts {
  readonly connecting: string;
  readonly reconnecting: string;
  readonly nobody: string;
  readonly noMatch: string;
  readonly showAll: string;
  readonly summary: {
    readonly label: string;
    readonly here: (count: number) => string;
    readonly stuck: (count: number) => string;
    readonly done: (count: number) => string;
  };
  readonly filters: Readonly<Record<'label' | LearnerFilter, string>>;
  readonly search: string;
  readonly order: Readonly<Record<'label' | LearnerOrder, string>>;
  readonly table: {
    readonly label: string;
    readonly learner: string;
    readonly now: string;
    readonly lab: string;
    readonly passed: string;
    readonly passedOf: (passed: number, all: number) => string;
    readonly section: (lesson: string) => string;
    readonly exercise: (title: string, counts: string) => string;
    readonly columnCounts: (passed: number, trying: number, stuck: number) => string;
    readonly selectAll: string;
    readonly select: (name: string) => string;
    readonly keys: string;
  };
  readonly legend: Readonly<Record<'label' | CellState | 'none' | 'help', string>>;
  readonly cell: {
    readonly none: string;
    readonly passed: (time: string) => string;
    readonly trying: (time: string) => string;
    readonly stuck: (time: string) => string;
    readonly tried: string;
    readonly attempts: (count: number) => string;
    readonly hints: (count: number) => string;
    readonly solution: string;
    readonly extra: string;
  };
  readonly now: {
    readonly met: (met: number, total: number) => string;
    readonly stuckFor: (span: string) => string;
    readonly nothing: string;
    readonly noLab: string;
    readonly done: string;
    readonly notJoined: string;
    readonly away: string;
    readonly awayFor: (span: string) => string;
    readonly idleFor: (span: string) => string;
    readonly hand: (span: string) => string;
    readonly taken: (instructor: string) => string;
    readonly failed: (check: string) => string;
    readonly pending: (check: string) => string;
    readonly errored: (check: string) => string;
  };
  readonly labs: Readonly<Record<LabSessionState['state'] | 'none', string>> & {
    readonly queued: (position: number, waiting: number) => string;
    readonly pausedIdle: string;
    readonly pausedBy: (name: string) => string;
  };
  readonly node: {
    readonly roles: Readonly<Record<'leader' | 'manager' | 'worker' | 'none' | 'unknown', string>>;
    readonly troubles: Readonly<Record<NodeTrouble, string>>;
    readonly list: string;
  };
  readonly span: {
    readonly moment: string;
    readonly minutes: (count: number) => string;
    readonly hours: (count: number) => string;
    readonly days: (count: number) => string;
  };
  readonly learner: {
    readonly back: string;
    readonly unknown: string;
    readonly noLab: string;
    readonly lab: string;
    readonly map: string;
    readonly timeline: string;
    readonly recent: string;
    readonly nothingYet: string;
    readonly kept: string;
    readonly checks: string;
    readonly noVerdict: string;
    readonly verdicts: Readonly<Record<Verdict, string>>;
    readonly attempts: string;
    readonly noAttempts: string;
    readonly notMet: (count: number) => string;
    readonly triggers: Readonly<Record<LiveAttempt['trigger'], string>>;
    readonly usage: {
      readonly title: string;
      readonly asking: string;
      readonly none: string;
      readonly node: string;
      readonly memory: string;
      readonly cpus: string;
      readonly pids: string;
      readonly ofMiB: (used: string, most: string) => string;
      readonly ofCpus: (used: string, most: string) => string;
      readonly diskFull: (node: string) => string;
    };
  };
  readonly selection: {
    readonly hidden: (count: number) => string;
    readonly clear: string;
  };
  readonly announce: {
    readonly one: Readonly<Record<Exclude<Need, 'none' | 'waiting' | 'idle'>, (name: string) => string>>;
    readonly many: (count: number) => string;
  };
}

const LOADERS: Readonly<Record<Language, () => Promise<LiveTexts>>> = {
  ko: async () => (await import('./texts-ko.ts')).KO,
  en: async () => (await import('./texts-en.ts')).EN,
};

export function loadTexts(language: Language): Promise<LiveTexts> {
  return LOADERS[language]();
}
