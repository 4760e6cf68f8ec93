import type { LiveLearner } from '#contract/class-live.ts';
import type { LocalizedText } from '#contract/language.ts';
import type { CareTarget } from '../care/care-target.ts';

/** Those who are chosen and still in the class, with the labs that they have open now. */
export function careTargets(
  learners: ReadonlyMap<string, LiveLearner>,
  chosen: ReadonlySet<string>,
  labTitles: ReadonlyMap<string, LocalizedText>,
): CareTarget[] {
  return [...chosen].flatMap((id) => {
    const learner = learners.get(id);
    if (learner === undefined) return [];
    const labSessions = learner.labs.map(({ id: session, lab, status }) => ({
      id: session,
      lab,
      title: labTitles.get(lab) ?? { ko: lab, en: lab },
      state: status.state,
    }));
    return [{ learnerId: learner.id, name: learner.name, labSessions }];
  });
}
