import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { Me } from '#contract/api.ts';
import type { Language } from '#contract/language.ts';
import { tellAccountChanged } from '../account/account-changed.ts';
import { deleteOwnData, OWN_DATA_PATH } from '../api-client/class-api.ts';
import { fetchMe } from '../api-client/lab-api.ts';
import { Confirm } from '../forms/confirm.tsx';
import { Field } from '../forms/field.tsx';
import { ProblemNote } from '../forms/problem-note.tsx';
import { useAction } from '../forms/use-action.ts';
import type { JoinTexts } from '../join/texts.ts';

interface OwnDataProps {
  readonly language: Language;
  readonly texts: JoinTexts;
}

/** What is stored of the learner who reads this: to take away, and to delete. */
export function OwnData({ language, texts }: OwnDataProps) {
  const me = useSignal<Me | null>(null);
  const state = useSignal<'idle' | 'asking' | 'deleted'>('idle');
  const typed = useSignal('');
  const loading = useAction();
  useEffect(() => {
    void loading.run(async () => {
      me.value = await fetchMe();
    });
  }, []);
  const words = texts.privacy;
  return (
    <section class="fm-card">
      <h2>{words.title}</h2>
      <ProblemNote problem={loading.problem} language={language} />
      <div role="status">{state.value === 'deleted' && <p class="fm-note fm-passed">{words.deleted}</p>}</div>
      {me.value?.signedIn && state.value !== 'deleted' && (
        <div class="fm-row">
          <a class="lp-button" href={OWN_DATA_PATH} download>
            {words.download}
          </a>
          <button
            type="button"
            class="lp-button lp-danger"
            onClick={() => {
              state.value = 'asking';
            }}
          >
            {words.delete}
          </button>
        </div>
      )}
      {me.value?.signedIn === false && <p class="fm-quiet">{words.signedOut}</p>}
      {state.value === 'asking' && (
        <Confirm
          title={words.deleteTitle}
          confirm={words.delete}
          cancel={texts.cancel}
          danger
          isReady={typed.value.trim() === words.deleteWord}
          language={language}
          onConfirm={async () => {
            await deleteOwnData();
            state.value = 'deleted';
            tellAccountChanged();
          }}
          onClose={() => {
            if (state.value === 'asking') state.value = 'idle';
          }}
        >
          <p>{words.deleteBody}</p>
          <Field
            label={words.deleteType(words.deleteWord)}
            autocomplete="off"
            value={typed.value}
            onText={(text) => {
              typed.value = text;
            }}
          />
        </Confirm>
      )}
    </section>
  );
}
