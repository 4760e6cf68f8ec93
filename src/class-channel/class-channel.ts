import { computed, signal } from '@preact/signals';
import type { LearnerClassEvent, Unlocked } from '#contract/class-help.ts';
import type { ChannelTexts } from './texts.ts';

type Part<Type extends LearnerClassEvent['type']> = Extract<LearnerClassEvent, { readonly type: Type }>;

/** How the learner's class stands: the last event of each type. */
export type ClassState = { readonly [Type in LearnerClassEvent['type']]?: Part<Type> };

/** `null` alone, for instructors, for nobody, and until the channel has spoken. */
export const classState = signal<ClassState | null>(null);
/** Loaded with the channel. */
export const channelTexts = signal<ChannelTexts | null>(null);

/** The dialog about the learner's hand: closed, or about this exercise (`''`: of none in particular). */
export const handDialog = signal<string | null>(null);

/** Whether there is anything to show about raising a hand: one that is raised stays when it is switched off. */
export const isHandShown = computed(() => {
  const state = classState.value;
  return state?.hand !== undefined && (state.hand.hand !== null || state.policies?.policies.handsUp === true);
});

export function applyClassEvent(event: LearnerClassEvent): void {
  classState.value = { ...classState.value, [event.type]: event };
}

/** What instructors have unlocked of an exercise for this learner. */
export function unlockedOf(exercise: string): Omit<Unlocked, 'exercise'> {
  const found = classState.value?.unlocked?.unlocked.find((one) => one.exercise === exercise);
  return found ?? { hints: 0, solution: false };
}

/** Whether this class opens solutions one by one, and this one is (not yet) open. */
export function solutionLock(exercise: string): 'none' | 'locked' | 'unlocked' {
  const policies = classState.value?.policies?.policies;
  if (policies === undefined || policies.solutionsOpen) return 'none';
  return unlockedOf(exercise).solution ? 'unlocked' : 'locked';
}
