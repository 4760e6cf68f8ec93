import type { LiveExercise, LiveLab, LiveLearner } from '#contract/class-live.ts';
import { LabSessionId, LearnerId } from '#contract/ids.ts';

let made = 0;

/** A learner for tests; present, and at nothing. */
export function aLearner(name: string, more: Partial<LiveLearner> = {}): LiveLearner {
  return {
    id: LearnerId.parse(String(++made).padStart(16, '0')),
    name,
    joined: true,
    here: true,
    activeAtMs: null,
    cells: {},
    trial: null,
    labs: [],
    hand: null,
    ...more,
  };
}

export function anExercise(id: string, extra = false): LiveExercise {
  const lesson = id.split('-')[0] ?? '';
  return { id, lesson, lab: 'numbers', extra, title: { ko: id, en: id }, checks: [] };
}

export function aLab(status: LiveLab['status']): LiveLab {
  return { id: LabSessionId.parse('aaaaaaaaaaaaaaaa'), lab: 'numbers', status, nodes: [] };
}
