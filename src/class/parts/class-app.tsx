import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { Me } from '#contract/api.ts';
import type { Language } from '#contract/language.ts';
import { tellAccountChanged } from '../../account/account-changed.ts';
import { signOut } from '../../api-client/class-api.ts';
import { fetchMe } from '../../api-client/lab-api.ts';
import { type LabProblem, problemFrom } from '../../api-client/lab-problem.ts';
import { ProblemNote } from '../../forms/problem-note.tsx';
import { RichText } from '../../lab-pane/rich-text.tsx';
import { ClassContext } from '../class-context.ts';
import type { CohortViewName } from '../cohort-view.ts';
import type { ClassTexts } from '../texts.ts';
import { CohortList } from './cohort-list.tsx';
import { CohortPage } from './cohort-page.tsx';
import { LinkPage } from './link-page.tsx';
import { SignIn } from './sign-in.tsx';

interface ClassAppProps {
  readonly language: Language;
  readonly texts: ClassTexts;
  /** Id of the cohort in the address. */
  readonly cohort: string | null;
  /** The part of its page in the address. */
  readonly view: CohortViewName | null;
  /** Secret of the one-time link by which somebody came. */
  readonly linkToken: string | null;
}

export function ClassApp({ language, texts, cohort, view, linkToken }: ClassAppProps) {
  const me = useSignal<Me | null>(null);
  const problem = useSignal<LabProblem | null>(null);
  const token = useSignal(linkToken);
  const refresh = async () => {
    try {
      me.value = await fetchMe();
      problem.value = null;
      tellAccountChanged();
    } catch (fault) {
      problem.value = problemFrom(fault);
    }
  };
  useEffect(() => void refresh(), []);

  const page = () => {
    if (me.value === null) return problem.value === null && <p class="fm-quiet">{texts.loading}</p>;
    if (me.value.mode === 'alone') return <Note title={texts.alone.title} body={texts.alone.body} />;
    if (me.value.learner !== null) return <ForLearners language={language} texts={texts} refresh={refresh} />;
    if (token.value !== null)
      return (
        <LinkPage
          token={token.value}
          onDone={async () => {
            token.value = null;
            await refresh();
          }}
        />
      );
    if (me.value.instructor === null) return <SignIn />;
    return cohort === null ? <CohortList /> : <CohortPage id={cohort} view={view} />;
  };
  return (
    <ClassContext.Provider value={{ language, texts, refresh, instructor: me.value?.instructor ?? null }}>
      <ProblemNote problem={problem.value} language={language} />
      {page()}
    </ClassContext.Provider>
  );
}

function Note({ title, body }: { title: string; body: string }) {
  return (
    <section class="fm-card fm-narrow">
      <h2>{title}</h2>
      <p>
        <RichText text={body} />
      </p>
    </section>
  );
}

function ForLearners({
  language,
  texts,
  refresh,
}: Pick<ClassAppProps, 'language' | 'texts'> & { refresh: () => Promise<void> }) {
  return (
    <section class="fm-card fm-narrow">
      <h2>{texts.learner.title}</h2>
      <div class="fm-row">
        <a class="lp-button lp-primary" href={`/${language}/chapter-14/`}>
          {texts.learner.toCourse}
        </a>
        <button type="button" class="lp-button" onClick={() => void signOut().then(refresh)}>
          {texts.learner.signOut}
        </button>
      </div>
    </section>
  );
}
