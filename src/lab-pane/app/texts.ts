import type { NodeImpairment } from '#contract/node-condition.ts';
import type { TextSources } from '../view-texts.ts';

/** What the view of the learner's application says. Addresses are `node1:80`. */
export interface AppTexts {
  readonly region: string;
  readonly noLab: string;
  readonly notReady: string;
  readonly updating: string;
  readonly ports: {
    readonly title: string;
    readonly none: string;
    readonly how: string;
    readonly open: (address: string, service: string, state: string) => string;
    readonly ingress: string;
    readonly states: Readonly<Record<'running' | 'starting' | 'unrouted' | NodeImpairment, string>>;
  };
  readonly other: {
    readonly title: string;
    readonly help: string;
    readonly node: string;
    readonly port: string;
    readonly open: string;
  };
  readonly back: string;
  readonly reload: string;
  readonly ownWindow: string;
  readonly ownWindowHint: string;
  readonly asking: (address: string) => string;
  readonly shown: (address: string) => string;
  readonly closed: (address: string) => string;
  readonly closedBody: (node: string, port: number) => string;
  readonly silent: (address: string) => string;
  readonly silentBody: (node: string) => string;
  readonly probing: string;
  readonly ready: (address: string) => string;
  readonly readyBody: string;
  readonly show: string;
  readonly problem: (address: string) => string;
  readonly tryAgain: string;
}

export const APP_TEXTS: TextSources<AppTexts> = {
  ko: async () => (await import('./texts-ko.ts')).KO,
  en: async () => (await import('./texts-en.ts')).EN,
};
