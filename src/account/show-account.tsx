import { useSignal } from '@preact/signals';
import { render } from 'preact';
import { Me } from '#contract/api.ts';
import { shownCode } from '#contract/class-codes.ts';
import { LANGUAGES, type Language } from '#contract/language.ts';
import { newReturnCode, signOut } from '../api-client/class-api.ts';
import { Confirm } from '../forms/confirm.tsx';
import { CopyButton } from '../forms/copy-button.tsx';
import { type JoinTexts, loadTexts } from '../join/texts.ts';
import { Dialog } from '../lab-pane/parts/dialog.tsx';
import { Disclosure } from './disclosure.tsx';
import { PersonIcon } from './person-icon.tsx';

/** @param answer of `/api/me`, as it came */
export async function showAccount(host: HTMLElement, answer: unknown): Promise<void> {
  const me = Me.parse(answer);
  const language = LANGUAGES.find((known) => known === host.dataset['lang']) ?? 'ko';
  const texts = await loadTexts(language);
  render(<Account me={me} language={language} texts={texts} />, host);
}

interface AccountProps {
  readonly me: Me;
  readonly language: Language;
  readonly texts: JoinTexts;
}

function Account({ me, language, texts }: AccountProps) {
  const dialog = useSignal<'none' | 'ask' | 'code' | 'sign-out'>('none');
  const code = useSignal('');
  const person = me.learner ?? me.instructor;
  if (person === null) {
    return (
      <a class="ac-join" href={`/${language}/join/`}>
        <PersonIcon />
        <span>{texts.menu.join}</span>
      </a>
    );
  }
  const leave = async () => {
    await signOut();
    location.assign(me.learner === null ? `/${language}/class/` : `/${language}/join/`);
  };
  const open = (which: typeof dialog.value) => () => {
    dialog.value = which;
  };
  const close = open('none');
  return (
    <>
      <Disclosure label={texts.menu.signedInAs(person.name)} text={person.name}>
        {(closeMenu) => {
          const choose = (what: () => void) => () => {
            closeMenu();
            what();
          };
          return (
            <>
              <p>
                <strong>{person.name}</strong>
                {me.cohort && <span class="fm-quiet">{me.cohort.name}</span>}
              </p>
              {me.instructor && <a href={`/${language}/class/`}>{texts.menu.classes}</a>}
              {me.learner && (
                <button type="button" onClick={choose(open('ask'))}>
                  {texts.menu.newCode}
                </button>
              )}
              <a href={`/${language}/privacy/`}>{texts.menu.privacy}</a>
              <button type="button" onClick={choose(me.learner ? open('sign-out') : () => void leave())}>
                {texts.menu.signOut}
              </button>
            </>
          );
        }}
      </Disclosure>
      {dialog.value === 'ask' && (
        <Confirm
          title={texts.menu.newCodeTitle}
          confirm={texts.menu.makeCode}
          cancel={texts.cancel}
          language={language}
          onConfirm={async () => {
            code.value = (await newReturnCode()).returnCode;
          }}
          onClose={() => {
            dialog.value = code.value === '' ? 'none' : 'code';
          }}
        >
          <p>{texts.menu.newCodeAsk}</p>
        </Confirm>
      )}
      {dialog.value === 'code' && (
        <Dialog
          title={texts.menu.newCode}
          onClose={() => {
            code.value = '';
            close();
          }}
        >
          <p>{texts.menu.newCodeDone}</p>
          <p class="fm-secret" translate={false}>
            {shownCode(code.value)}
          </p>
          <div class="lp-dialog-buttons">
            <CopyButton
              text={shownCode(code.value)}
              label={texts.copy}
              done={texts.copied}
              failed={texts.copyFailed}
            />
            <button
              type="button"
              class="lp-button lp-primary"
              onClick={() => {
                code.value = '';
                close();
              }}
            >
              {texts.close}
            </button>
          </div>
        </Dialog>
      )}
      {dialog.value === 'sign-out' && (
        <Confirm
          title={texts.menu.signOutTitle}
          confirm={texts.menu.signOut}
          cancel={texts.cancel}
          language={language}
          onConfirm={leave}
          onClose={close}
        >
          <p>{texts.menu.signOutBody}</p>
        </Confirm>
      )}
    </>
  );
}
