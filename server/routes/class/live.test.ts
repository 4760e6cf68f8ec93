import { afterEach, beforeEach, expect, test } from 'vitest';
import type { AttemptList, LabLook, LabUsage } from '#contract/class-live.ts';
import { randomToken } from '../../random-id.ts';
import { SqliteProgressStore } from '../../store/progress-store.ts';
import { readyLab } from '../../testing/lab-fixture.ts';
import { webFixture } from '../../testing/web-fixture.ts';

let web: Awaited<ReturnType<typeof webFixture>>;
let ask: <T>(path: string) => Promise<T>;
beforeEach(async () => {
  web = await webFixture({ mode: 'class' });
  const { cohort, instructor } = web.joined ?? expect.unreachable();
  const token = randomToken();
  web.logins.addInstructorSession(token, instructor.id, web.time.nowMs);
  const cookie = web.cookie.replace(/=.*/, `=${token}`);
  const base = `/api/cohorts/${cohort.id}/learners/${web.learner.id}`;
  ask = async <T>(path: string) => {
    const answer = await web.anybody({ method: 'GET', url: base + path, headers: { cookie } });
    expect(answer.statusCode).toBe(200);
    return answer.json<T>();
  };
});
afterEach(() => web.app.close());

test('a look at a lab tells nothing of terminals, wakes nothing, and is no visit', async () => {
  const session = await readyLab(web, 'numbers');
  const { environment } = session.running;
  await web.terminals.open(session.id, environment.nodes[0]!);
  const seenAtMs = session.lastSeenAtMs;
  await web.sessions.pause(session, { cause: 'idle', afterMs: 1 });
  web.time.nowMs += 60_000;
  const look = await ask<LabLook>(`/lab-sessions/${session.id}/look`);
  expect(look.session).toMatchObject({ id: session.id, terminals: [], status: { state: 'paused' } });
  expect(session).toMatchObject({ isWatched: false, connections: 0, lastSeenAtMs: seenAtMs });
  expect(session.status.state).toBe('paused');
  const { nodes, cpuLimit } = await ask<LabUsage>(`/lab-sessions/${session.id}/usage`);
  expect(nodes.map(({ name }) => name)).toEqual(['node1']);
  expect(cpuLimit).toBe(2);
});

test('attempts come newest first, with what was not met', async () => {
  const session = await readyLab(web, 'numbers');
  const store = new SqliteProgressStore(web.database);
  for (const [index, passed] of [false, true].entries()) {
    store.record({
      learnerId: web.learner.id,
      exerciseId: '14.1-deploy',
      exerciseRevision: 3,
      labSessionId: session.id,
      trigger: 'button',
      verdict: {
        exercise: '14.1-deploy',
        passed,
        completedAtMs: null,
        checks: [
          {
            id: 'swarm',
            verdict: passed ? 'passed' : 'failed',
            message: null,
            provenAtMs: null,
            waitsFor: null,
            seen: 1,
          },
        ],
        evaluatedAtMs: index,
        generation: 1,
      },
      atMs: index,
    });
  }
  const { attempts } = await ask<AttemptList>('/attempts');
  expect(attempts).toMatchObject([
    { atMs: 1, passed: true, revision: 3, trigger: 'button' },
    { atMs: 0, passed: false, checks: [{ id: 'swarm', verdict: 'failed' }] },
  ]);
});
