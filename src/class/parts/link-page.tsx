import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { LinkView } from '#contract/class-api.ts';
import { lookAtLink, useLink as spendLink } from '../../api-client/class-api.ts';
import { ProblemNote } from '../../forms/problem-note.tsx';
import { useAction } from '../../forms/use-action.ts';
import { useClass } from '../class-context.ts';
import { AccountForm } from './account-form.tsx';

/** Where a one-time link leads: the first instructor, one more, or a new passphrase. */
export function LinkPage({ token, onDone }: { token: string; onDone: () => Promise<void> }) {
  const { language, texts, instructor } = useClass();
  const link = useSignal<LinkView | null>(null);
  const look = useAction();
  const accept = useAction();
  useEffect(() => {
    void look.run(async () => {
      link.value = await lookAtLink(token);
    });
  }, [token]);

  if (link.value === null) {
    return (
      <section class="fm-card fm-narrow">
        {look.problem === null ? <p class="fm-quiet">{texts.loading}</p> : null}
        <ProblemNote problem={look.problem} language={language} />
        {look.problem && (
          <button type="button" class="lp-button" onClick={() => void onDone()}>
            {texts.link.toSignIn}
          </button>
        )}
      </section>
    );
  }
  const { purpose, cohort, name } = link.value;
  return (
    <section class="fm-card fm-narrow">
      <h2>{texts.link.title[purpose]}</h2>
      <p>{texts.link.body(purpose, cohort ?? name ?? '')}</p>
      {purpose === 'invite' && instructor !== null ? (
        <>
          <ProblemNote problem={accept.problem} language={language} />
          <button
            type="button"
            class="lp-button lp-primary"
            disabled={accept.isBusy}
            onClick={async () => {
              if (await accept.run(() => spendLink(token, null))) await onDone();
            }}
          >
            {texts.link.accept}
          </button>
        </>
      ) : (
        <AccountForm
          button={texts.link.button[purpose]}
          fixedName={name}
          onSubmit={(account) => spendLink(token, account)}
          onDone={onDone}
        />
      )}
    </section>
  );
}
