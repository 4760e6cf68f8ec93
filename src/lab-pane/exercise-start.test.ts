import { signal } from '@preact/signals';
import { beforeEach, expect, test, vi } from 'vitest';
import type { CatalogExercise, LabSessionView, StartComparison } from '#contract/api.ts';
import * as api from '../api-client/lab-api.ts';
import type { ExerciseController } from './exercise-controller.ts';
import { ExerciseStart } from './exercise-start.ts';
import type { LabController } from './lab-controller.ts';

vi.mock('../api-client/lab-api.ts');

const text = { ko: '글', en: 'text' };
const ready = { state: 'ready', sinceMs: 1 } as const;

function answer(verdict: StartComparison['verdict']): void {
  const comparison = { exercise: '14.3-fix', verdict, differences: verdict === 'same' ? [] : [text] };
  vi.mocked(api.fetchStart).mockResolvedValue(comparison);
}

function setUp({ completedAtMs = null as number | null } = {}) {
  const session = signal({
    id: 's',
    lab: 'numbers',
    generation: 1,
    status: ready,
  } as unknown as LabSessionView);
  const lab = { session, state: signal('ready'), work: signal(null), preparing: signal(null) };
  const exercises = {
    current: signal({ id: '14.3-fix', lab: 'numbers' } as CatalogExercise),
    verdict: signal<{ evaluatedAtMs: number } | null>(null),
    completedAtMs: signal(completedAtMs),
    isGraded: signal(true),
  };
  const start = new ExerciseStart(
    lab as unknown as LabController,
    exercises as unknown as ExerciseController,
  );
  return { start, session, exercises };
}

const settled = () => new Promise((resolve) => setTimeout(resolve));

beforeEach(() => {
  const entries = new Map<string, string>();
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => entries.get(key) ?? null,
    setItem: (key: string, value: string) => void entries.set(key, value),
  });
  vi.mocked(api.fetchStart).mockReset();
});

test('a swarm that is elsewhere is told of, until the learner goes on', async () => {
  answer('differs');
  const { start } = setUp();
  await settled();
  expect(start.isOffered.value).toBe(true);
  start.dismiss();
  expect(start.isOffered.value).toBe(false);
  const again = setUp();
  await settled();
  expect(again.start.isOffered.value).toBe(false);
  expect(api.fetchStart).toHaveBeenCalledTimes(1);
});

test('whoever began at the start is under way: later differences are their own work', async () => {
  answer('same');
  const { start } = setUp();
  await settled();
  answer('differs');
  await start.compare();
  expect(start.comparison.value?.verdict).toBe('differs');
  expect(start.isOffered.value).toBe(false);
});

test('a fresh lab is another beginning', async () => {
  answer('same');
  const { start, session } = setUp();
  await settled();
  answer('differs');
  session.value = { ...session.value, generation: 2 };
  expect(start.comparison.value, 'what was said of the lab before is void').toBeNull();
  await settled();
  expect(start.isOffered.value).toBe(true);
});

test('an exercise that was passed asks for nothing by itself', async () => {
  answer('differs');
  const { start } = setUp({ completedAtMs: 1 });
  await settled();
  expect(api.fetchStart).not.toHaveBeenCalled();
  expect(start.isOffered.value).toBe(false);
});

test('why nothing can be told is worth telling; a request that fails is not', async () => {
  answer('errored');
  const { start } = setUp();
  await settled();
  expect(start.isOffered.value).toBe(true);
  vi.mocked(api.fetchStart).mockRejectedValue(new Error('away'));
  vi.spyOn(console, 'error').mockImplementation(() => {});
  const other = setUp();
  await settled();
  expect(other.start.isOffered.value).toBe(false);
  expect(other.start.problem.value?.code).toBe('INTERNAL');
});

test('a swarm that was brought to the start by hand needs no offer', async () => {
  answer('differs');
  const { start, exercises } = setUp();
  await settled();
  answer('same');
  exercises.verdict.value = { evaluatedAtMs: 5 };
  await settled();
  expect(start.isOffered.value).toBe(false);
  start.dispose();
});
