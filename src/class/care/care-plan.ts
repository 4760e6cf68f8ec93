import type { CareActionName, CareTargets } from '#contract/class-care.ts';
import type { CareTarget } from './care-target.ts';

type OpenLab = CareTarget['labSessions'][number];

/** A lab that something can be done with, and whose it is. */
export interface MeantLab extends OpenLab {
  readonly learnerId: CareTarget['learnerId'];
}

/** The open labs with which an action would change anything. */
export function labsFor(action: CareActionName, targets: readonly CareTarget[]): MeantLab[] {
  const isMeant = ({ state }: OpenLab): boolean =>
    action === 'pause' ? state === 'ready' : action === 'resume' ? state === 'paused' : state !== 'closed';
  return targets.flatMap(({ learnerId, labSessions }) =>
    labSessions.filter(isMeant).map((lab) => ({ ...lab, learnerId })),
  );
}

/** Which labs are among them, and how many of each. */
export function kindsOf(labs: readonly MeantLab[]) {
  const kinds = new Map<string, { lab: string; title: OpenLab['title']; count: number }>();
  for (const { lab, title } of labs) kinds.set(lab, { lab, title, count: (kinds.get(lab)?.count ?? 0) + 1 });
  return [...kinds.values()];
}

/** Learners who have none of these labs: of them the result says so. */
export function withoutLab(labs: readonly MeantLab[], targets: readonly CareTarget[]): CareTarget[] {
  const having = new Set(labs.map(({ learnerId }) => learnerId));
  return targets.filter(({ learnerId }) => !having.has(learnerId));
}

/** As the server is asked: these labs, and the learners who have none. */
export function targetsOf(labs: readonly MeantLab[], none: readonly CareTarget[]): CareTargets {
  const byLearner = new Map<CareTarget['learnerId'], OpenLab['id'][]>();
  for (const { learnerId, id } of labs) byLearner.set(learnerId, [...(byLearner.get(learnerId) ?? []), id]);
  return [
    ...[...byLearner].map(([learner, labSessions]) => ({ learner, labSessions })),
    ...none.map(({ learnerId }) => ({ learner: learnerId, labSessions: null })),
  ];
}
