import { join } from 'node:path';
import type { Catalog, CatalogExercise } from '../../catalog/catalog.ts';
import { loadCatalog } from '../../catalog/load-catalog.ts';
import { type Config, readConfig } from '../../config.ts';
import { DockerLabHost } from '../../docker/lab-host.ts';
import { DockerLabShell } from '../../docker/lab-shell.ts';
import { SwarmObserver } from '../../docker/swarm-observer.ts';
import type { LabHost, LabShell } from '../../ports.ts';
import { randomId } from '../../random-id.ts';
import { AuthorError } from './author-error.ts';
import type { StartTimes } from './lab-run.ts';

/** Should a run be killed, any server on this engine may remove its labs after this time. */
const LAB_LIFETIME_MS = 60 * 60_000;

/** What the commands that need real swarms work with. Its labs belong to this run and to nobody else. */
export interface Workbench extends Disposable {
  readonly catalog: Catalog;
  readonly host: LabHost;
  readonly shell: LabShell;
  readonly observer: SwarmObserver;
  /** Factor on every deadline, for machines that are slow and not wrong. */
  readonly patience: number;
  /** Called when a lab stands at an exercise's start. */
  readonly onStart?: (exerciseId: string, times: StartTimes) => void;
}

export async function openWorkbench(): Promise<Workbench> {
  const config = readConfig();
  const { engineUrl, nodeImage, dataDir, rootDir, share } = config;
  const catalog = await courseCatalog(config);
  const observer = new SwarmObserver();
  const host = new DockerLabHost({
    engineUrl,
    nodeImage,
    dataDir,
    seccompFile: join(rootDir, 'labs/images/node/seccomp.json'),
    owner: `author-${randomId(12)}`,
    lifetimeMs: LAB_LIFETIME_MS,
    share,
    allowsUnfiltered: true, // an author's own machine
  });
  const shell = new DockerLabShell({ engineUrl });
  return { catalog, host, shell, observer, patience: 1, [Symbol.dispose]: () => observer.close() };
}

export function courseCatalog(config: Config = readConfig()): Promise<Catalog> {
  return loadCatalog(join(config.rootDir, 'labs'));
}

/** @throws {AuthorError} naming the ids that exist */
export function exerciseById(catalog: Catalog, id: string): CatalogExercise {
  const exercise = catalog.exercise(id);
  if (exercise !== null) return exercise;
  const known = catalog.exercises().map((one) => one.id);
  throw new AuthorError(`There is no exercise "${id}". There are: ${known.join(', ')}.`);
}
