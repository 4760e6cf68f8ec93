import { join } from 'node:path';
import type Docker from 'dockerode';
import { loadCatalog } from '../../server/catalog/load-catalog.ts';
import { type Config, readConfig } from '../../server/config.ts';
import { connectEngine } from '../../server/docker/engine.ts';
import { DockerLabHost } from '../../server/docker/lab-host.ts';
import { DockerLabShell } from '../../server/docker/lab-shell.ts';
import { randomId } from '../../server/random-id.ts';
import { AttackedSite } from '../web/site.ts';
import { AttackLab } from './lab.ts';
import { once } from './once.ts';
import { patiently } from './patience.ts';

const START_DEADLINE_MS = patiently(90_000);
const REMOVE_DEADLINE_MS = patiently(60_000);
/** Should a run be killed, any server on this engine may remove its labs after this time. */
const LAB_LIFETIME_MS = patiently(30 * 60_000);

/** What attacks happen on: labs made as the server makes them, each started when the first attack asks for it. */
export class Ground implements AsyncDisposable {
  readonly config: Config;
  readonly engine: Docker;
  readonly host: DockerLabHost;
  readonly shell: DockerLabShell;
  /** The lab that is attacked from. */
  readonly attacker: () => Promise<AttackLab>;
  /** Somebody else's lab. */
  readonly neighbour: () => Promise<AttackLab>;
  /** A lab of several nodes. */
  readonly pair: () => Promise<AttackLab>;
  /** The product's server as its own process. */
  readonly site: () => Promise<AttackedSite>;
  readonly #labs: string[] = [];
  readonly #sites: AttackedSite[] = [];

  constructor() {
    this.config = readConfig();
    const { engineUrl, nodeImage, dataDir, rootDir, share } = this.config;
    this.engine = connectEngine(engineUrl);
    this.shell = new DockerLabShell({ engineUrl });
    this.host = new DockerLabHost({
      engineUrl,
      nodeImage,
      dataDir,
      seccompFile: join(rootDir, 'labs/images/node/seccomp.json'),
      owner: `attacks-${randomId(12)}`,
      lifetimeMs: LAB_LIFETIME_MS,
      share,
    });
    this.attacker = once(() => this.newLab('numbers'));
    this.neighbour = once(() => this.newLab('numbers'));
    this.pair = once(() => this.newLab('regions'));
    this.site = once(async () => {
      const site = await AttackedSite.open();
      this.#sites.push(site);
      return site;
    });
  }

  /** Starts what every attack together will ask for, so that nobody waits; failures come to who asks. */
  prepare(): void {
    for (const make of [this.site, this.attacker, this.neighbour, this.pair]) make().catch(() => {});
  }

  async newLab(id: string): Promise<AttackLab> {
    const lab = (await loadCatalog(join(this.config.rootDir, 'labs'))).lab(id);
    if (lab === null) throw new Error(`the catalogue has no lab ${id}`);
    const environmentId = randomId(10);
    this.#labs.push(environmentId);
    const { definition, filesFolder } = lab;
    const request = { id: environmentId, definition, filesFolder };
    const environment = await this.host.create(request, AbortSignal.timeout(START_DEADLINE_MS));
    return new AttackLab(environment, this.engine);
  }

  async remove(lab: AttackLab): Promise<void> {
    await this.host.remove(lab.environment.id, AbortSignal.timeout(REMOVE_DEADLINE_MS));
    this.#labs.splice(this.#labs.indexOf(lab.environment.id), 1);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const removed = this.#labs.map((id) => this.host.remove(id, AbortSignal.timeout(REMOVE_DEADLINE_MS)));
    await Promise.allSettled([...removed, ...this.#sites.map((site) => site[Symbol.asyncDispose]())]);
  }
}
