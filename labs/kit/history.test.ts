import { describe, expect, test } from 'vitest';
import type { HistoryEntry, HistoryFact } from '#contract/swarm-history.ts';
import { imageSeen, imagesSeen, minRunning, updateStates } from './history.ts';

const service = { id: 'service1', name: 'shop_api' };

function history(...facts: HistoryFact[]): HistoryEntry[] {
  return facts.map((fact, index) => ({ atMs: index * 1_000, seq: index + 1, ...fact }));
}

function created(image: string): HistoryFact {
  const settings = { replicas: 6, updateConfig: null, rollbackConfig: null };
  return { type: 'service-created', service, image, stackImage: image, ...settings };
}

function changed(old: string, now: string): HistoryFact {
  return {
    type: 'spec-changed',
    service,
    changed: ['image'],
    image: { old, new: now },
    replicas: { old: 6, new: 6 },
    stackImage: now,
    updateConfig: null,
    rollbackConfig: null,
  };
}

function capacity(running: number): HistoryFact {
  return { type: 'capacity', service, running, desired: 6, byImage: {} };
}

test('images are listed in the order in which the spec asked for them', () => {
  const entries = history(created('api:v1'), changed('api:v1', 'api:v2'), changed('api:v2', 'api:v1'));
  expect(imagesSeen(entries, 'service1')).toEqual(['api:v1', 'api:v2', 'api:v1']);
  expect(imageSeen(entries, 'service1', 'api:v2@sha256:0')).toBe(true);
  expect(imageSeen(entries, 'service2', 'api:v2')).toBe(false);
});

test('update states keep the moment where a deployment erased the status', () => {
  const state = (old: string | null, now: string | null): HistoryFact => {
    return { type: 'update-state', service, old, new: now, message: '', source: 'event' };
  };
  const entries = history(state(null, 'updating'), state('updating', 'completed'), state('completed', null));
  expect(updateStates(entries, 'service1')).toEqual(['updating', 'completed', null]);
});

describe('minRunning', () => {
  const entries = history(capacity(6), capacity(9), capacity(5), capacity(6));
  test('looks at the time asked for, and at what held when it began', () => {
    expect(minRunning(entries, 'service1', { fromMs: 500, toMs: 1_500 })).toBe(6);
    expect(minRunning(entries, 'service1', { fromMs: 1_500, toMs: 9_000 })).toBe(5);
  });
  test('knows nothing of a service without samples', () => {
    expect(minRunning(entries, 'service2', { fromMs: 0, toMs: 9_000 })).toBeNull();
  });
});
