import { expect, test } from 'vitest';
import type { LimitHit } from '#contract/api.ts';
import { dismissLimit, limitMessages, NO_LIMITS, withLimits } from './limit-news.ts';

const hit = (node: string, limit: LimitHit['limit'], sinceMs = 1): LimitHit => ({
  node,
  limit,
  sinceMs,
  most: 640,
});

test('nodes at the same limit share one message', () => {
  const news = withLimits(NO_LIMITS, [hit('node2', 'disk'), hit('node1', 'memory'), hit('node1', 'disk')]);
  expect(limitMessages(news)).toEqual([
    { limit: 'disk', most: 640, nodes: ['node1', 'node2'] },
    { limit: 'memory', most: 640, nodes: ['node1'] },
  ]);
});

test('what was dismissed stays away while it lasts, and comes back when it happens again', () => {
  const told = withLimits(NO_LIMITS, [hit('node1', 'processes')]);
  const read = dismissLimit(told, 'processes');
  expect(limitMessages(withLimits(read, [hit('node1', 'processes')]))).toEqual([]);
  expect(limitMessages(withLimits(read, [hit('node1', 'processes', 2)]))).toHaveLength(1);
});

test('a disk with room again needs no message; that processes were killed does', () => {
  const told = withLimits(NO_LIMITS, [hit('node1', 'disk'), hit('node1', 'memory')]);
  expect(limitMessages(withLimits(told, [])).map(({ limit }) => limit)).toEqual(['memory']);
});
