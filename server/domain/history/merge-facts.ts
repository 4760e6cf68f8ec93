import type { LabSnapshot, SwarmService, SwarmView } from '#contract/swarm-snapshot.ts';
import type { EngineEvent } from '../../ports.ts';
import { containerFacts } from './container-facts.ts';
import { controlFacts } from './control-facts.ts';
import type { TimedFact } from './history-log.ts';
import { type KnownService, knownFromService } from './known-services.ts';
import { memberFacts, swarmStateFacts } from './node-facts.ts';
import { comparisonFacts, createdFact, eventFacts } from './service-facts.ts';
import { capacityFact, healthFacts, taskFacts } from './task-facts.ts';

export interface Look {
  readonly before: LabSnapshot | null;
  readonly now: LabSnapshot;
  readonly known: ReadonlyMap<string, KnownService>;
  /** Lab nodes whose manager was last written down as one that can't answer for its cluster. */
  readonly refusing: ReadonlySet<string>;
  /** Events that came before the look began, oldest first. */
  readonly events: readonly EngineEvent[];
  /** Services for which an event came while the look was under way: it may show them before or after that event. */
  readonly inFlux: ReadonlySet<string>;
}

export interface MergedFacts {
  readonly facts: readonly TimedFact[];
  readonly known: ReadonlyMap<string, KnownService>;
  readonly refusing: ReadonlySet<string>;
}

/** Joins what events said with what two looks show, each change once. Pure. */
export function mergeFacts(look: Look): MergedFacts {
  const { now } = look;
  const control = controlFacts(look.refusing, now);
  const ofNodes = [
    ...swarmStateFacts(look.before, now),
    ...control.facts,
    ...containerFacts(look.before, now),
  ];
  const facts: TimedFact[] = ofNodes.map((fact) => ({ atMs: now.takenAtMs, fact }));
  const known = new Map<string, KnownService>();
  for (const swarm of now.swarms) {
    const before = look.before?.swarms.find((earlier) => earlier.clusterId === swarm.clusterId) ?? null;
    facts.push(...memberFacts(before, swarm).map((fact) => ({ atMs: now.takenAtMs, fact })));
    for (const service of swarm.services) {
      const merged = mergeService(look, service, swarm);
      known.set(service.id, merged.known);
      facts.push(...merged.facts, ...detailsOf(look, before, swarm, service));
    }
  }
  for (const earlier of [...look.known.values()].filter((service) => !known.has(service.id))) {
    if (isGone(look, earlier)) {
      const service = { id: earlier.id, name: earlier.name };
      facts.push({ atMs: now.takenAtMs, fact: { type: 'service-removed', service } });
    } else known.set(earlier.id, earlier);
  }
  return { facts, known, refusing: control.refusing };
}

/** More clusters than any lab has: those of swarms left long ago are forgotten. */
const MAX_CLUSTERS = 4;

/** What is known after a look: where a node or a cluster did not answer, the last that it did. */
export function remember(before: LabSnapshot | null, now: LabSnapshot): LabSnapshot {
  if (before === null) return now;
  const silent = before.swarms.filter((earlier) =>
    now.swarms.every((swarm) => swarm.clusterId !== earlier.clusterId),
  );
  const labNodes = now.labNodes.map((node) => {
    const earlier = before.labNodes.find((candidate) => candidate.name === node.name);
    return node.answers ? node : (earlier ?? node);
  });
  return { ...now, labNodes, swarms: [...now.swarms, ...silent].slice(0, MAX_CLUSTERS) };
}

function mergeService(
  look: Look,
  service: SwarmService,
  swarm: SwarmView,
): { facts: TimedFact[]; known: KnownService } {
  const { clusterId, askedNode } = swarm;
  const seen = knownFromService(service, clusterId);
  const facts: TimedFact[] = [];
  let known = look.known.get(service.id);
  if (known === undefined) {
    facts.push({ atMs: service.createdAtMs, fact: createdFact(service) });
    known = { ...seen, updateState: null, updateMessage: '' };
  } else {
    // Every manager tells the same events, some later than others: one of them is listened to.
    const events = look.events.filter(
      (event) => event.type === 'service' && event.id === service.id && event.node === askedNode,
    );
    const told = eventFacts(known, events, seen);
    facts.push(...told.facts);
    known = { ...told.known, clusterId };
  }
  if (look.inFlux.has(service.id)) return { facts, known };
  facts.push(...comparisonFacts(known, seen, service).map((fact) => ({ atMs: look.now.takenAtMs, fact })));
  return { facts, known: seen };
}

function detailsOf(
  look: Look,
  before: SwarmView | null,
  swarm: SwarmView,
  service: SwarmService,
): TimedFact[] {
  const atMs = look.now.takenAtMs;
  const capacity = capacityFact(service, before, swarm);
  const health = healthFacts(service, look.before, look.now, swarm);
  const facts = [...health, ...(capacity === null ? [] : [capacity])].map((fact) => ({ atMs, fact }));
  return [...taskFacts(service, before, swarm), ...facts];
}

function everyClusterAnswered({ labNodes, swarms }: LabSnapshot): boolean {
  return labNodes.every(
    (node) =>
      node.answers &&
      (!node.controlAvailable || swarms.some((swarm) => swarm.clusterId === (node.clusterId ?? ''))),
  );
}

/** A service is gone when its cluster answered without it, or when no node is left in that cluster. Silence proves nothing. */
function isGone({ now }: Look, { clusterId }: KnownService): boolean {
  // Known from an earlier run of the server only: then no cluster may be left that could still have it.
  if (clusterId === null) return now.swarms.length > 0 && everyClusterAnswered(now);
  if (now.swarms.some((swarm) => swarm.clusterId === clusterId)) return true;
  // Workers and managers without quorum can't name their cluster: it may be this one.
  const nobodyInCluster = now.labNodes.every(
    (node) =>
      node.answers &&
      (node.clusterId === null ? node.swarmState === 'inactive' : node.clusterId !== clusterId),
  );
  return nobodyInCluster;
}
