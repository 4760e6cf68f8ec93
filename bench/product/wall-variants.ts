import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type Docker from 'dockerode';
import { readLabDefinitions } from '../../server/catalog/lab-definitions.ts';
import { plainDisks } from '../../server/docker/disk/disk-way.ts';
import { DiskWayOnce } from '../../server/docker/disk/disk-way-once.ts';
import { findEnvironments, removeEverything } from '../../server/docker/found-environments.ts';
import { DockerLabHost } from '../../server/docker/lab-host.ts';
import type { CreateLab, LabEnvironment, LabHost } from '../../server/ports.ts';
import { randomId } from '../../server/random-id.ts';
import { docker } from '../harness/docker-program.ts';

/** `whole`: as the product starts a lab. Each other: the same without that one part. */
export type WallVariant = 'whole' | 'no-filter' | 'plain-disk' | 'no-seccomp';
export const WALL_VARIANTS: readonly WallVariant[] = ['whole', 'no-filter', 'plain-disk', 'no-seccomp'];

export interface VariantOptions {
  readonly engine: Docker;
  readonly engineUrl: string;
  readonly nodeImage: string;
  readonly lab: string;
  readonly signal: AbortSignal;
}

const ROOT = resolve(import.meta.dirname, '../..');
const SECCOMP_FILE = join(ROOT, 'labs/images/node/seccomp.json');
/** Should this process be killed, any later server on the engine removes what is left after this time. */
const LIFETIME_MS = 15 * 60_000;
const START_DEADLINE_MS = 90_000;
const REMOVE_DEADLINE_MS = 30_000;

/** Labs by the product's own code, without the server around it. Disposing removes all of them. */
export class WallVariants implements AsyncDisposable {
  readonly #options: VariantOptions;
  readonly #lab: Omit<CreateLab, 'id'>;
  readonly #folder: string;
  readonly #owner = `bench-${randomId(8)}`;
  readonly #imageWithoutFilter = `rl-bench-no-filter:${randomId(8)}`;
  readonly #hosts: Record<WallVariant, LabHost>;

  private constructor(options: VariantOptions, lab: Omit<CreateLab, 'id'>, folder: string) {
    this.#options = options;
    this.#lab = lab;
    this.#folder = folder;
    const { engine, engineUrl, nodeImage } = options;
    const common = {
      engineUrl,
      nodeImage,
      dataDir: folder,
      seccompFile: SECCOMP_FILE,
      owner: this.#owner,
      lifetimeMs: LIFETIME_MS,
      allowsUnfiltered: true,
    };
    this.#hosts = {
      whole: new DockerLabHost(common),
      'no-filter': new DockerLabHost({ ...common, nodeImage: this.#imageWithoutFilter }),
      'plain-disk': new DockerLabHost(common, new PlainDisk(engine)),
      'no-seccomp': new DockerLabHost({ ...common, seccompFile: join(folder, 'no-seccomp') }),
    };
  }

  static async prepare(options: VariantOptions): Promise<WallVariants> {
    const lab = (await readLabDefinitions(join(ROOT, 'labs'))).get(options.lab);
    if (lab === undefined) throw new Error(`there is no lab ${options.lab}`);
    // A short path, for the sockets below it.
    const folder = await mkdtemp(join(tmpdir(), 'rl-bench-'));
    const variants = new WallVariants(options, lab, folder);
    try {
      await writeFile(join(folder, 'no-seccomp'), 'unconfined');
      await variants.#makeImageWithoutFilter();
      return variants;
    } catch (failure) {
      await variants[Symbol.asyncDispose]();
      throw failure;
    }
  }

  create(variant: WallVariant): Promise<LabEnvironment> {
    const signal = AbortSignal.any([this.#options.signal, AbortSignal.timeout(START_DEADLINE_MS)]);
    return this.#hosts[variant].create({ ...this.#lab, id: randomId(10) }, signal);
  }

  remove({ id }: LabEnvironment): Promise<void> {
    return this.#hosts.whole.remove(id, AbortSignal.timeout(REMOVE_DEADLINE_MS));
  }

  /** The init has no switch for a filter that would work: without the program it can't load the rules. */
  async #makeImageWithoutFilter(): Promise<void> {
    const { nodeImage, engineUrl, signal } = this.#options;
    const input = Buffer.from(`FROM ${nodeImage}\nRUN rm /usr/sbin/nft\n`);
    await docker(['build', '--quiet', '--force-rm', '-t', this.#imageWithoutFilter, '-'], {
      engineUrl,
      signal,
      input,
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const { engine } = this.#options;
    const signal = AbortSignal.timeout(REMOVE_DEADLINE_MS);
    try {
      const left = await findEnvironments(engine, this.#owner);
      await Promise.all(left.map((environment) => removeEverything(engine, environment.id, signal)));
      await engine
        .getImage(this.#imageWithoutFilter)
        .remove()
        .catch(() => {});
    } finally {
      await rm(this.#folder, { recursive: true, force: true });
    }
  }
}

/** A folder of the host, as any volume of the engine is. */
class PlainDisk extends DiskWayOnce {
  override async get(): ReturnType<DiskWayOnce['get']> {
    return plainDisks({ state: 'missing', detail: 'for comparison' });
  }
}
