import type { WallPart, WallReport } from '#contract/wall.ts';
import type { Log } from './domain/log.ts';
import type { LabHost } from './ports.ts';

/** In class mode, when a part of the wall is not there. Told to the operator as it is. */
export class WallMissingError extends Error {}

export interface WallGuardOptions {
  readonly host: Pick<LabHost, 'wall'>;
  readonly mode: 'alone' | 'class';
  /** Parts that the operator does without. */
  readonly accepted: readonly WallPart['part'][];
  readonly log: Log;
}

const DEADLINE_MS = 50_000;

/** Sees to it that strangers are let in only behind the wall, and knows what it was made of at the start. */
export class WallGuard {
  readonly #options: WallGuardOptions;
  #report: WallReport | null = null;

  constructor(options: WallGuardOptions) {
    this.#options = options;
  }

  /** `null` until the first look has ended. */
  get report(): WallReport | null {
    return this.#report;
  }

  /** Strangers wait until the wall has been looked at. @throws {WallMissingError} */
  async beforeListening(): Promise<void> {
    const { mode, accepted } = this.#options;
    if (mode !== 'class') return;
    const report = await this.#look();
    const missing = report.parts.filter(({ part, state }) => state !== 'holds' && !accepted.includes(part));
    if (missing.length === 0) return;
    const lines = missing.map(({ part, state, detail }) => `  ${part} (${state}): ${detail}`);
    throw new WallMissingError(
      [
        'Class mode lets strangers in only behind the whole wall around labs. On this machine parts are missing:',
        ...lines,
        'docs/operations.md says what each part needs. To do without, and to answer for it:',
        `  ROLLOUT_LAB_ACCEPT_RISK=${[...accepted, ...missing.map(({ part }) => part)].join(',')}`,
      ].join('\n'),
    );
  }

  /** Whoever is alone on the machine need not wait. */
  afterListening(): void {
    if (this.#options.mode === 'class') return;
    this.#look().catch((failure: unknown) =>
      this.#options.log.warn({ err: failure }, 'the wall around labs could not be looked at'),
    );
  }

  async #look(): Promise<WallReport> {
    const { host, log } = this.#options;
    const report = await host.wall(AbortSignal.timeout(DEADLINE_MS));
    this.#report = report;
    for (const { part, state, detail } of report.parts) {
      if (state !== 'holds') log.warn({ part, state, detail }, 'a part of the wall around labs is missing');
    }
    const { holds, kernel, cgroupVersion, appArmor, routesVirtualIps, versions } = report;
    log.info({ holds, kernel, cgroupVersion, appArmor, routesVirtualIps, versions }, 'wall around labs');
    return report;
  }
}
