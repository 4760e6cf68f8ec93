import { beforeEach, expect, test } from 'vitest';
import { SqliteAuditStore } from '../store/audit-store.ts';
import { openStore } from '../store/open.ts';
import { type AuditEvent, AuditTrail } from './audit-trail.ts';

const log = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };
const refusal: AuditEvent = {
  event: 'refused',
  outcome: 'refused',
  actor: null,
  target: null,
  address: '203.0.113.7',
  detail: 'FORBIDDEN_ORIGIN',
};

let time: { nowMs: number };
let store: SqliteAuditStore;
let trail: AuditTrail;
beforeEach(() => {
  time = { nowMs: 1_000_000 };
  store = new SqliteAuditStore(openStore(':memory:'));
  trail = new AuditTrail({ store, nowMs: () => time.nowMs, log });
});

test('equal refusals within a minute are one row that counts', () => {
  for (let second = 0; second < 30; second++) {
    for (let time = 0; time < 100; time++) trail.record(refusal);
    time.nowMs += 1_000;
  }
  trail.flush();
  expect(store.newest(10)).toMatchObject([
    { ...refusal, times: 3_000, atMs: 1_000_000, lastAtMs: 1_029_000 },
  ]);
  time.nowMs += 60_000;
  trail.record(refusal);
  expect(store.newest(10)).toHaveLength(2);
});

test('a flood from everywhere is counted together', () => {
  for (let host = 0; host < 100_000; host++) trail.record({ ...refusal, address: `10.0.0.${host}` });
  trail.flush();
  const rows = store.newest(1_000);
  expect(rows.length).toBeLessThan(250);
  expect(rows.reduce((sum, { times }) => sum + times, 0)).toBe(100_000);
  expect(rows.at(-1)).toMatchObject({ address: null, detail: 'many' });
});

test('what a learner does is listed, up to what no hand does in a minute', () => {
  const reset = { ...refusal, event: 'lab-reset', outcome: 'done', actor: 'a', detail: null } as const;
  for (let time = 0; time < 25; time++) trail.record({ ...reset, target: `lab${time}` });
  trail.flush();
  const rows = store.newest(100);
  expect(rows).toHaveLength(10);
  expect(rows.reduce((sum, { times }) => sum + times, 0)).toBe(25);
});

test('rows that are too old or too many go', () => {
  const database = openStore(':memory:');
  const many = new SqliteAuditStore(database);
  for (let row = 0; row < 50_450; row++) many.add(refusal, 1);
  expect(database.prepare('SELECT count(*) AS n FROM audit_event').get()).toMatchObject({
    n: expect.any(Number),
  });
  expect(many.newest(100_000).length).toBeLessThanOrEqual(50_200);
  for (let row = 0; row < 200; row++) many.add(refusal, 91 * 24 * 3_600_000);
  expect(many.newest(100_000).length).toBeLessThanOrEqual(400);
});

test('a store that fails does not stop anybody', () => {
  const broken = {
    add: () => {
      throw new Error('disk full');
    },
    repeat: () => {},
  };
  expect(() => new AuditTrail({ store: broken, nowMs: () => 0, log }).record(refusal)).not.toThrow();
});
