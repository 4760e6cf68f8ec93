import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { ApiTokenView } from '#contract/class-grades.ts';
import { API_DESCRIPTION_PATH, fetchApiTokens, revokeApiToken } from '../../api-client/grades-api.ts';
import { Confirm } from '../../forms/confirm.tsx';
import { ProblemNote } from '../../forms/problem-note.tsx';
import { useAction } from '../../forms/use-action.ts';
import { useClass } from '../class-context.ts';
import { MadeKeyDialog, MakeKeyDialog } from './make-key-dialog.tsx';
import { type GradesTexts, gradesTexts } from './texts.ts';

/** The instructor's own keys to the API. */
export function KeysCard({ cohort }: { cohort: string }) {
  const { language, texts } = useClass();
  const { keys } = gradesTexts(language);
  const tokens = useSignal<readonly ApiTokenView[] | null>(null);
  const open = useSignal<'make' | { readonly made: string } | { readonly revoke: ApiTokenView } | null>(null);
  const action = useAction();
  const load = async () => {
    tokens.value = await fetchApiTokens();
  };
  useEffect(() => void action.run(load), []);
  const close = () => {
    open.value = null;
  };
  const shown = open.value;
  return (
    <section class="fm-card" aria-labelledby="gr-keys">
      <div class="cl-card-head">
        <h2 id="gr-keys">{keys.title}</h2>
        <button
          type="button"
          class="lp-button"
          onClick={() => {
            open.value = 'make';
          }}
        >
          {keys.make}
        </button>
      </div>
      <p class="fm-quiet">
        {keys.hint} <a href={API_DESCRIPTION_PATH}>{keys.description}</a>
      </p>
      <ProblemNote problem={action.problem} language={language} />
      {tokens.value?.length === 0 && <p class="fm-quiet">{keys.none}</p>}
      <ul class="cl-people">
        {tokens.value?.map((token) => (
          <li key={token.id}>
            <span>
              {token.name} <span class="fm-quiet">{factsOf(token, keys, language, cohort)}</span>
            </span>
            <button
              type="button"
              class="lp-button"
              onClick={() => {
                open.value = { revoke: token };
              }}
            >
              {keys.revoke}
            </button>
          </li>
        ))}
      </ul>
      {shown === 'make' && (
        <MakeKeyDialog
          cohort={cohort}
          onMade={async (made) => {
            await load();
            open.value = { made };
          }}
          onClose={() => {
            if (open.peek() === 'make') close();
          }}
        />
      )}
      {shown !== null && typeof shown === 'object' && 'made' in shown && (
        <MadeKeyDialog token={shown.made} onClose={close} />
      )}
      {shown !== null && typeof shown === 'object' && 'revoke' in shown && (
        <Confirm
          title={keys.revokeTitle(shown.revoke.name)}
          confirm={keys.revoke}
          cancel={texts.cancel}
          danger
          language={language}
          onConfirm={async () => {
            await revokeApiToken(shown.revoke.id);
            await load();
          }}
          onClose={close}
        >
          <p>{keys.revokeBody}</p>
        </Confirm>
      )}
    </section>
  );
}

function factsOf(token: ApiTokenView, keys: GradesTexts['keys'], language: string, cohort: string): string {
  const time = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' });
  const day = new Intl.DateTimeFormat(language, { dateStyle: 'medium' });
  const one = token.cohort === cohort ? keys.thisClass : keys.otherClass;
  return [
    keys.scopes[token.scope],
    token.cohort === null ? keys.allClasses : one,
    keys.until(day.format(token.expiresAtMs)),
    token.lastUsedAtMs === null ? keys.unused : keys.used(time.format(token.lastUsedAtMs)),
  ].join(' · ');
}
