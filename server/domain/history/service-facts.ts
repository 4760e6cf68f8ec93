import type { HistoryFact, ServiceRef } from '#contract/swarm-history.ts';
import type { ServiceSpec, SwarmService } from '#contract/swarm-snapshot.ts';
import type { EngineEvent } from '../../ports.ts';
import type { TimedFact } from './history-log.ts';
import type { KnownService } from './known-services.ts';

const STACK_IMAGE_LABEL = 'com.docker.stack.image';

/** A service that was not there before. */
export function createdFact(service: SwarmService): HistoryFact {
  const { id, name, spec } = service;
  return {
    type: 'service-created',
    service: { id, name },
    image: spec.image,
    stackImage: spec.labels[STACK_IMAGE_LABEL] ?? null,
    replicas: spec.mode.type === 'replicated' ? spec.mode.replicas : null,
    updateConfig: spec.updateConfig,
    rollbackConfig: spec.rollbackConfig,
  };
}

/**
 * What events tell about a service between two looks: states that came and went, and images that were replaced
 * before anybody looked. The last image change is left to the comparison of specs, which knows more about it.
 * Events carry no message: that of `seen` is added where it belongs to the last state.
 */
export function eventFacts(
  known: KnownService,
  events: readonly EngineEvent[],
  seen: KnownService,
): EventFacts {
  const facts: TimedFact[] = [];
  const service = { id: known.id, name: known.name };
  const lastImageChange = events.findLast((event) => event.attributes['image.new'] !== undefined);
  const lastStateChange = events.findLast((event) => stateOf(event) !== undefined);
  let current = known;
  for (const event of events) {
    const state = stateOf(event);
    if (state !== undefined && state !== current.updateState) {
      const isSeen = event === lastStateChange && state === seen.updateState;
      const message = isSeen ? seen.updateMessage : '';
      const change = { old: current.updateState, new: state, message, source: 'event' } as const;
      facts.push({ atMs: event.atMs, fact: { type: 'update-state', service, ...change } });
      current = { ...current, updateState: state, updateMessage: message };
    }
    const image = event.attributes['image.new'];
    if (image !== undefined && event !== lastImageChange && image !== current.image) {
      facts.push({ atMs: event.atMs, fact: imageFact(service, current, image) });
      current = { ...current, image };
    }
  }
  return { facts, known: current };
}

interface EventFacts {
  readonly facts: readonly TimedFact[];
  readonly known: KnownService;
}

/** The engine writes `unknown` where a deployment erased the status. */
function stateOf(event: EngineEvent): string | null | undefined {
  const state = event.attributes['updatestate.new'];
  return state === 'unknown' ? null : state;
}

function imageFact(service: ServiceRef, before: KnownService, image: string): HistoryFact {
  return {
    type: 'spec-changed',
    service,
    changed: ['image'],
    image: { old: before.image, new: image },
    replicas: { old: before.replicas, new: before.replicas },
    stackImage: null,
    // Nobody saw this spec: what was known before is the best there is.
    updateConfig: before.spec?.updateConfig ?? null,
    rollbackConfig: before.spec?.rollbackConfig ?? null,
  };
}

/**
 * What a look at a service tells, against what is known of it. `now` is what will be known from here on. The state is
 * told before the spec, as events do: who reads the history finds a change's spec behind its state.
 */
export function comparisonFacts(
  known: KnownService,
  now: KnownService,
  service: SwarmService,
): HistoryFact[] {
  const ref = { id: service.id, name: service.name };
  const facts: HistoryFact[] = [];
  const messageIsNew = now.updateState !== null && now.updateMessage !== known.updateMessage;
  if (now.updateState !== known.updateState || messageIsNew) {
    facts.push({
      type: 'update-state',
      service: ref,
      old: known.updateState,
      new: now.updateState,
      message: now.updateMessage,
      source: 'snapshot',
    });
  }
  const changed = known.spec === null ? roughChanges(known, now) : changedFields(known.spec, service.spec);
  if (changed.length > 0) {
    facts.push({
      type: 'spec-changed',
      service: ref,
      changed,
      image: { old: known.image, new: now.image },
      replicas: { old: known.replicas, new: now.replicas },
      stackImage: service.spec.labels[STACK_IMAGE_LABEL] ?? null,
      updateConfig: service.spec.updateConfig,
      rollbackConfig: service.spec.rollbackConfig,
    });
  }
  return facts;
}

function changedFields(before: ServiceSpec, now: ServiceSpec): string[] {
  return Object.keys(now).filter((field) => {
    const key = field as keyof ServiceSpec;
    return JSON.stringify(before[key]) !== JSON.stringify(now[key]);
  });
}

/** After a restart of the server only image and replicas of the last look are known. */
function roughChanges(known: KnownService, now: KnownService): string[] {
  const changed: string[] = [];
  if (known.image !== now.image) changed.push('image');
  if (known.replicas !== null && known.replicas !== now.replicas) changed.push('mode');
  return changed;
}
