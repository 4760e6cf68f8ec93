import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { Me } from '#contract/api.ts';
import type { ReturnCode } from '#contract/class-api.ts';
import type { Language } from '#contract/language.ts';
import { fetchMe } from '../../api-client/lab-api.ts';
import { ProblemNote } from '../../forms/problem-note.tsx';
import { useAction } from '../../forms/use-action.ts';
import { RichText } from '../../lab-pane/rich-text.tsx';
import type { JoinTexts } from '../texts.ts';
import { JoinForm } from './join-form.tsx';
import { Joined } from './joined.tsx';
import { ReturnForm } from './return-form.tsx';

export interface JoinProps {
  readonly language: Language;
  readonly texts: JoinTexts;
}

type Step = 'welcome' | 'join' | 'return';

export function JoinApp({ language, texts, code }: JoinProps & { readonly code: string }) {
  const me = useSignal<Me | null>(null);
  const step = useSignal<Step>('welcome');
  const joined = useSignal<(ReturnCode & { readonly asked: string }) | null>(null);
  const loading = useAction();
  useEffect(() => {
    void loading.run(async () => {
      me.value = await fetchMe();
    });
  }, []);
  const to = (next: Step) => () => {
    step.value = next;
  };
  if (me.value === null) {
    return (
      <section class="fm-card fm-narrow">
        {loading.problem === null && <p class="fm-quiet">{texts.loading}</p>}
        <ProblemNote problem={loading.problem} language={language} />
      </section>
    );
  }
  const { mode, learner, instructor, cohort } = me.value;
  if (mode === 'alone') {
    return (
      <section class="fm-card fm-narrow">
        <h2>{texts.alone.title}</h2>
        <p>
          <RichText text={texts.alone.body} />
        </p>
        <a class="lp-button" href={`/${language}/chapter-14/`}>
          {texts.alone.toCourse}
        </a>
      </section>
    );
  }
  if (joined.value !== null) return <Joined language={language} texts={texts} joined={joined.value} />;
  if (learner !== null && step.value === 'welcome') {
    return (
      <section class="fm-card fm-narrow">
        <h2>{texts.already.title(learner.name, cohort?.name ?? '')}</h2>
        <p>{texts.already.body}</p>
        <div class="fm-row">
          <a class="lp-button lp-primary" href={`/${language}/chapter-14/`}>
            {texts.already.go}
          </a>
          <button type="button" class="lp-button" onClick={to('join')}>
            {texts.already.other}
          </button>
        </div>
      </section>
    );
  }
  return (
    <section class="fm-card fm-narrow">
      {instructor !== null && <p class="fm-note fm-waiting">{texts.already.instructor(instructor.name)}</p>}
      {step.value === 'return' ? (
        <ReturnForm language={language} texts={texts} onJoin={to('join')} />
      ) : (
        <JoinForm
          language={language}
          texts={texts}
          code={code}
          onReturn={to('return')}
          onJoined={(answer) => {
            joined.value = answer;
          }}
        />
      )}
    </section>
  );
}
