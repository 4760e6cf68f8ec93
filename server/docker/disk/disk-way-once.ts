import type Docker from 'dockerode';
import { engineFailure } from '../engine.ts';
import { chooseDiskWay } from './choose-disk-way.ts';
import type { DiskWay } from './disk-way.ts';

/** How disks get their size here; tried once the engine answers, and remembered. */
export class DiskWayOnce {
  readonly #engine: Docker;
  #way: Promise<DiskWay> | undefined;

  constructor(engine: Docker) {
    this.#engine = engine;
  }

  get(): Promise<DiskWay> {
    this.#way ??= chooseDiskWay(this.#engine).catch((failure: unknown) => {
      this.#way = undefined;
      throw engineFailure('trying how a disk can be bounded', failure);
    });
    return this.#way;
  }
}
