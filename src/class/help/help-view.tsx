import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import type { RosterEntry } from '#contract/class-api.ts';
import type { UnlockableExercises } from '#contract/class-help.ts';
import { fetchUnlockable } from '../../api-client/class-help-api.ts';
import { ProblemNote } from '../../forms/problem-note.tsx';
import { useAction } from '../../forms/use-action.ts';
import { useClass } from '../class-context.ts';
import { HandsCard } from './hands-card.tsx';
import type { HelpLink } from './help-link.ts';
import { MessageForm } from './message-form.tsx';
import { SentCard } from './sent-card.tsx';
import { type HelpTexts, loadHelpTexts } from './texts.ts';
import { UnlockCard } from './unlock-card.tsx';

interface HelpViewProps {
  readonly cohort: string;
  readonly learners: readonly RosterEntry[];
  readonly help: HelpLink;
}

/** Help in a class: who calls, what is said to all or some, what is unlocked. */
export function HelpView({ cohort, learners, help }: HelpViewProps) {
  const { language, texts: common } = useClass();
  const texts = useSignal<HelpTexts | null>(null);
  const exercises = useSignal<UnlockableExercises['exercises']>([]);
  /** Whom the message is for; `null`: everybody. */
  const to = useSignal<readonly string[] | null>(null);
  const textBox = useRef<HTMLTextAreaElement>(null);
  const loading = useAction();
  useEffect(() => {
    void loading.run(async () => {
      const [words, known] = await Promise.all([loadHelpTexts(language), fetchUnlockable(cohort)]);
      exercises.value = known;
      texts.value = words;
    });
  }, [cohort]);
  const state = help.state.value;
  const problem = help.problem.value ?? loading.problem;
  if (texts.value === null || state.hands === undefined) {
    return problem ? (
      <ProblemNote problem={problem} language={language} />
    ) : (
      <p class="fm-quiet">{common.loading}</p>
    );
  }
  const words = texts.value;
  return (
    <>
      <div role="status">{!help.isLive.value && <p class="fm-note fm-waiting">{words.lost}</p>}</div>
      <HandsCard
        cohort={cohort}
        hands={state.hands}
        isOn={state.policies?.policies.handsUp ?? true}
        exercises={exercises.value}
        texts={words}
        onWrite={(learner) => {
          to.value = [learner];
          textBox.current?.focus();
        }}
      />
      <div class="cl-columns">
        <MessageForm cohort={cohort} learners={learners} to={to} textBox={textBox} texts={words} />
        <SentCard cohort={cohort} messages={state.sent?.messages ?? []} texts={words} />
      </div>
      <UnlockCard
        cohort={cohort}
        learners={learners}
        exercises={exercises.value}
        unlocked={state.unlocked}
        areSolutionsOpen={state.policies?.policies.solutionsOpen ?? true}
        texts={words}
      />
    </>
  );
}
