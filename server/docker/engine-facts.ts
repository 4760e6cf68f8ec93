import type Docker from 'dockerode';
import { engineFailure } from './engine.ts';

export interface EngineFacts {
  readonly cgroupVersion: '1' | '2';
  readonly hasAppArmor: boolean;
  /** Where images and volumes lie, in the engine's view. */
  readonly rootDir: string;
  /** The engine runs in a virtual machine of its own and can't share sockets with us. */
  readonly isRemote: boolean;
  readonly version: string;
  /** Of the machine that labs run on. */
  readonly kernelVersion: string;
}

interface EngineInfo {
  readonly CgroupVersion?: string;
  readonly SecurityOptions?: readonly string[];
  readonly DockerRootDir: string;
  readonly OperatingSystem: string;
  readonly ServerVersion: string;
  readonly KernelVersion: string;
}

/** What the engine says of itself; asked once it answers, and remembered. */
export class EngineFactsOnce {
  readonly #engine: Docker;
  #facts: Promise<EngineFacts> | undefined;

  constructor(engine: Docker) {
    this.#engine = engine;
  }

  get(): Promise<EngineFacts> {
    this.#facts ??= this.#ask().catch((failure: unknown) => {
      this.#facts = undefined;
      throw engineFailure('asking the engine for its facts', failure);
    });
    return this.#facts;
  }

  async #ask(): Promise<EngineFacts> {
    const info = (await this.#engine.info()) as EngineInfo;
    return {
      cgroupVersion: info.CgroupVersion === '2' ? '2' : '1',
      hasAppArmor: (info.SecurityOptions ?? []).some((option) => option.includes('apparmor')),
      rootDir: info.DockerRootDir,
      isRemote: process.platform !== 'linux' || info.OperatingSystem.includes('Docker Desktop'),
      version: info.ServerVersion,
      kernelVersion: info.KernelVersion,
    };
  }
}
