import { expect, test } from 'vitest';
import type { NodeStatus } from '#contract/api.ts';
import { nodeLook } from './node-words.ts';

const steady = { condition: 'on', turning: null } as const;
const worker: NodeStatus = { name: 'node2', role: 'worker', availability: 'active', state: 'ready' };
const words = (change: Partial<NodeStatus>) => nodeLook({ ...worker, ...change }, steady)?.words;

test('a node in good order is its role', () => {
  expect(words({})).toEqual(['worker']);
  expect(words({ role: 'leader' })).toEqual(['leader']);
  expect(words({ role: 'none', availability: null, state: null })).toEqual(['none']);
});

test('what the scheduler keeps away from is said beside the role', () => {
  expect(words({ availability: 'drain' })).toEqual(['worker', 'drained']);
  expect(words({ role: 'leader', availability: 'pause' })).toEqual(['leader', 'paused']);
});

test('trouble is said instead of availability', () => {
  expect(words({ state: 'down', availability: 'drain' })).toEqual(['worker', 'down']);
  expect(words({ role: 'manager', state: 'unknown' })).toEqual(['manager', 'unreachable']);
  expect(words({ role: 'unknown', state: null, availability: null })).toEqual(['silent']);
});

test('the switch has the last word, and what is under way before that', () => {
  expect(nodeLook(worker, { condition: 'off', turning: null })?.words).toEqual(['off']);
  expect(nodeLook(worker, { condition: 'off', turning: 'on' })?.words).toEqual(['turningOn']);
  expect(nodeLook(null, { condition: 'on', turning: 'off' })?.words).toEqual(['turningOff']);
  expect(nodeLook(worker, { condition: 'frozen', turning: null })?.words).toEqual(['frozen']);
  expect(nodeLook(worker, { condition: 'unplugged', turning: 'on' })?.words).toEqual(['switching']);
});

test('before the swarm has spoken nothing is said', () => {
  expect(nodeLook(null, steady)).toBeNull();
});
