import type { WallReport } from '#contract/wall.ts';
import { withPart } from '../docker/wall/judge-wall.ts';
import type { LabHost } from '../ports.ts';
import { serverSplit } from './server-split.ts';

const DEADLINE_MS = 45_000;

/** Looks at the wall for whoever asks, one look at a time: each boots a node that no limit counts. */
export class WallProbes {
  readonly #host: LabHost;
  #running: Promise<WallReport> | null = null;

  constructor(host: LabHost) {
    this.#host = host;
  }

  /** @param signal of the call that begins the look; others that come meanwhile share it */
  run(signal: AbortSignal): Promise<WallReport> {
    this.#running ??= this.#look(signal).finally(() => {
      this.#running = null;
    });
    return this.#running;
  }

  async #look(signal: AbortSignal): Promise<WallReport> {
    const report = await this.#host.wall(AbortSignal.any([signal, AbortSignal.timeout(DEADLINE_MS)]));
    return withPart(report, { part: 'server-split', ...serverSplit() });
  }
}
