import { useEffect, useRef } from 'preact/hooks';
import type { ReturnCode } from '#contract/class-api.ts';
import { shownCode } from '#contract/class-codes.ts';
import { tellAccountChanged } from '../../account/account-changed.ts';
import { CopyButton } from '../../forms/copy-button.tsx';
import type { JoinProps } from './join-app.tsx';

interface JoinedProps extends JoinProps {
  readonly joined: ReturnCode & {
    /** What was typed: another learner may have that name. */ readonly asked: string;
  };
}

/** The one moment in which the return code shows. */
export function Joined({ language, texts, joined }: JoinedProps) {
  const { name, asked, cohort, returnCode } = joined;
  const title = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    title.current?.focus();
    tellAccountChanged();
  }, []);
  return (
    <section class="fm-card fm-narrow">
      <h2 ref={title} tabIndex={-1}>
        {texts.done.title(name)}
      </h2>
      <p class="fm-quiet">{cohort}</p>
      {name !== asked.normalize('NFC').replace(/\s+/gu, ' ').trim() && (
        <p class="fm-note fm-waiting">{texts.done.renamed(name)}</p>
      )}
      <p>{texts.done.body}</p>
      <p class="fm-secret" translate={false}>
        {shownCode(returnCode)}
      </p>
      <p class="fm-hint">{texts.done.lost}</p>
      <div class="fm-row">
        <CopyButton
          text={shownCode(returnCode)}
          label={texts.copy}
          done={texts.copied}
          failed={texts.copyFailed}
        />
        <a class="lp-button lp-primary" href={`/${language}/chapter-14/`}>
          {texts.done.go}
        </a>
      </div>
    </section>
  );
}
