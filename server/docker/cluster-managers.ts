import { setTimeout as sleep } from 'node:timers/promises';
import type { SwarmView } from '#contract/swarm-snapshot.ts';
import type { LabNodeRef } from '../ports.ts';
import type { EngineResponse, InnerEngines } from './inner-engine.ts';
import type { PatientCalls } from './patient-calls.ts';
import { by, list, record, textOrNull } from './raw-json.ts';
import { swarmNetwork, swarmNode, swarmService, swarmTask } from './swarm-snapshot.ts';

const PATIENCE_MS = 2_000;
/** When the manager that answered last says nothing for this long, the others are asked too. */
const HEAD_START_MS = 400;
const API = '/v1.44';
const MAX_CLUSTERS = 1_000;
/** More than a lab's nodes can bear. A longer list is refused whole: half a list would tell of services that went. */
const MOST = { services: 200, tasks: 2_000, nodes: 50, networks: 200 } as const;

export interface ClusterAnswer {
  readonly swarm: SwarmView | null;
  /** Why managers that were asked could not tell. */
  readonly refusals: ReadonlyMap<LabNodeRef, string>;
}

export interface ClusterQuestion {
  readonly clusterId: string;
  readonly managers: readonly LabNodeRef[];
  /** Names of nodes that are unplugged: for half a minute they tell what the cluster was like before. */
  readonly isolated: ReadonlySet<string>;
}

/** Asks a cluster's managers for its state: first the one that answered last, then all others together. */
export class ClusterManagers {
  readonly #engines: InnerEngines;
  readonly #calls: PatientCalls;
  /** Engine socket of the manager that answered last, by cluster. */
  readonly #answered = new Map<string, string>();

  constructor(engines: InnerEngines, calls: PatientCalls) {
    this.#engines = engines;
    this.#calls = calls;
  }

  async ask({ clusterId, managers, isolated }: ClusterQuestion, signal: AbortSignal): Promise<ClusterAnswer> {
    const last = this.#answered.get(clusterId);
    const rank = ({ name, engineSocket }: LabNodeRef): number =>
      isolated.has(name) ? 2 : engineSocket === last ? 0 : 1;
    const inOrder = [...managers].sort((one, other) => rank(one) - rank(other));
    const refusals = new Map<LabNodeRef, string>();
    const attempt = async (node: LabNodeRef): Promise<SwarmView | null> => {
      try {
        return await this.#swarmView(node, clusterId, signal);
      } catch (failure) {
        refusals.set(node, failure instanceof Error ? failure.message : String(failure));
        return null;
      }
    };
    const [first, ...others] = inOrder;
    if (first === undefined) return { swarm: null, refusals };
    const attempts = [attempt(first)];
    let swarm = await Promise.race([...attempts, sleep(HEAD_START_MS, null, { ref: false })]);
    if (swarm === null) {
      attempts.push(...others.map(attempt));
      swarm = (await Promise.all(attempts)).find((one) => one !== null) ?? null;
    }
    this.#remember(
      clusterId,
      managers.find(({ name }) => name === swarm?.askedNode),
    );
    return { swarm, refusals };
  }

  /** @throws with the manager's words */
  #swarmView(node: LabNodeRef, clusterId: string, signal: AbortSignal): Promise<SwarmView> {
    const look = async (until: AbortSignal): Promise<SwarmView> => {
      const ask = (what: string): Promise<EngineResponse> =>
        this.#engines.get(node.engineSocket, `${API}/${what}`, until);
      const answers = await Promise.all([ask('services'), ask('tasks'), ask('nodes'), ask('networks')]);
      const refusal = answers.find((answer) => answer.status !== 200 || !Array.isArray(answer.body));
      if (refusal)
        throw new Error(
          textOrNull(record(refusal.body).message) ?? `unexpected answer, HTTP ${refusal.status}`,
        );
      const [services, tasks, members, networks] = answers;
      refuseCrowd({ services, tasks, nodes: members, networks });
      return {
        clusterId,
        askedNode: node.name,
        nodes: list(members.body).map(swarmNode).sort(by('id')),
        services: list(services.body).map(swarmService).sort(by('name')),
        tasks: list(tasks.body).map(swarmTask).sort(by('id')),
        networks: list(networks.body).map(swarmNetwork).sort(by('name')),
      };
    };
    return this.#calls.ask(`${node.engineSocket} control`, look, { patienceMs: PATIENCE_MS, signal });
  }

  #remember(clusterId: string, node: LabNodeRef | undefined): void {
    if (node === undefined) return;
    this.#answered.delete(clusterId);
    this.#answered.set(clusterId, node.engineSocket);
    const oldest = this.#answered.keys().next().value;
    if (this.#answered.size > MAX_CLUSTERS && oldest !== undefined) this.#answered.delete(oldest);
  }
}

/** @throws for more of anything than a lab can have */
function refuseCrowd(answers: Readonly<Record<keyof typeof MOST, EngineResponse>>): void {
  for (const [kind, most] of Object.entries(MOST)) {
    const count = list(answers[kind as keyof typeof MOST].body).length;
    if (count > most) throw new Error(`${count} ${kind}: more than ${most} are not looked at`);
  }
}
