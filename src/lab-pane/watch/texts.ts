/** What a learner reads when an instructor asks to watch the lab or to type in it, and while that goes on. */
export interface WatchBarTexts {
  readonly region: string;
  readonly ask: Readonly<Record<'watch' | 'keyboard', (who: string) => string>>;
  readonly hint: Readonly<Record<'watch' | 'keyboard', string>>;
  readonly allow: Readonly<Record<'watch' | 'keyboard', string>>;
  readonly decline: string;
  readonly expires: (seconds: number) => string;
  readonly watching: (who: string) => string;
  readonly since: (time: string) => string;
  /** Nobody was asked. */
  readonly byPolicy: string;
  readonly end: (who: string) => string;
  readonly endShort: string;
  readonly hasKeyboard: (who: string) => string;
  readonly takeBack: string;
  /** At the terminal. */
  readonly typing: (who: string) => string;
  /** For an instructor at an own lab. */
  readonly show: {
    readonly label: string;
    readonly start: string;
    readonly shown: (cohort: string) => string;
    readonly viewers: (count: number) => string;
    readonly stop: string;
  };
  /** For screen readers, when the last one has gone. */
  readonly over: string;
}
