import type { WarmPlan } from '#contract/class-capacity.ts';

/** Every word of the view of the machine. */
export interface CapacityTexts {
  readonly machine: {
    readonly title: string;
    readonly hint: string;
    readonly unreachable: string;
    readonly running: string;
    readonly paused: string;
    readonly changing: string;
    readonly waiting: string;
    readonly warm: string;
    readonly limit: string;
    readonly noLimit: string;
    readonly memory: string;
    readonly disk: string;
    readonly of: (free: string, total: string) => string;
    readonly free: (free: string) => string;
    readonly room: string;
    readonly nodes: (nodes: number) => string;
    readonly more: (labs: number) => string;
  };
  readonly queue: {
    readonly title: string;
    readonly none: string;
    readonly others: (count: number) => string;
    readonly columns: {
      readonly position: string;
      readonly name: string;
      readonly lab: string;
      readonly lacks: string;
      readonly wait: string;
    };
    readonly position: (position: number) => string;
    readonly lacks: Readonly<Record<'turn' | 'places' | 'memory' | 'disk', string>>;
    readonly about: (span: string) => string;
    readonly unknown: string;
  };
  readonly warm: {
    readonly title: string;
    readonly body: string;
    readonly count: string;
    readonly lab: string;
    readonly labOption: (title: string, nodes: number) => string;
    readonly from: string;
    readonly until: string;
    readonly zone: (zone: string) => string;
    readonly button: string;
    readonly none: string;
    readonly plan: (count: number, lab: string) => string;
    readonly time: (from: string, until: string) => string;
    readonly by: (name: string) => string;
    readonly state: Readonly<Record<WarmPlan['state'], string>>;
    readonly begins: (time: string) => string;
    readonly progress: (ready: number, inUse: number, count: number) => string;
    readonly short: (reason: string) => string;
    readonly others: (count: number) => string;
    readonly cancel: string;
  };
}
