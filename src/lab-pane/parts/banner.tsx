import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { usePane } from '../pane-parts.ts';
import { RichText } from '../rich-text.tsx';
import { LimitNotices } from './limit-notices.tsx';
import { ToolButton } from './tool-button.tsx';

/** A server that restarts is back within a moment: nobody needs to read about it. */
const PATIENCE_MS = 1_000;
const NOTE_MS = 6_000;

/** What the learner must know now without being stopped: lost connection, refused requests, notes of the server. */
export function Banner() {
  const { lab, deck, power, language, texts } = usePane();
  const words = texts.banner;
  const { session, notice } = lab.model.value;
  const isOffline =
    session !== null && session.status.state !== 'closed' && lab.connection.value === 'reconnecting';
  const showsOffline = useLasting(isOffline);
  const problem =
    deck.problem.value ??
    power.problem.value ??
    (session?.status.state === 'closed' ? null : session && lab.problem.value);
  return (
    <div class="lp-banners" role="status">
      {showsOffline && (
        <p class="lp-banner" data-level="warning">
          {words.offline}
        </p>
      )}
      {!isOffline && problem && (
        <div class="lp-banner" data-level="warning">
          <p>
            <RichText text={problem.text(language)} />
          </p>
          <ToolButton
            icon="close"
            label={words.dismiss}
            onClick={() => {
              deck.problem.value = null;
              power.problem.value = null;
              lab.problem.value = null;
            }}
          />
        </div>
      )}
      {deck.note.value && (
        <PassingNote key={deck.note.value} text={texts.note[deck.note.value]} shown={deck.note} />
      )}
      {lab.movedTo.value && (
        <PassingNote
          key={lab.movedTo.value.en}
          text={texts.movedTo(lab.movedTo.value[language])}
          shown={lab.movedTo}
        />
      )}
      <LimitNotices />
      {notice && (
        <div class="lp-banner" data-level={notice.level}>
          <p>
            <RichText text={notice.text[language]} />
          </p>
          <ToolButton icon="close" label={words.dismiss} onClick={() => lab.dismissNotice()} />
        </div>
      )}
    </div>
  );
}

function PassingNote({ text, shown }: { text: string; shown: { value: unknown } }) {
  useEffect(() => {
    const timer = setTimeout(() => {
      shown.value = null;
    }, NOTE_MS);
    return () => clearTimeout(timer);
  }, [shown]);
  return <p class="lp-banner">{text}</p>;
}

/** True once something has been the case for a while. */
function useLasting(isSo: boolean): boolean {
  const lasts = useSignal(false);
  useEffect(() => {
    if (!isSo) {
      lasts.value = false;
      return;
    }
    const timer = setTimeout(() => {
      lasts.value = true;
    }, PATIENCE_MS);
    return () => clearTimeout(timer);
  }, [isSo, lasts]);
  return isSo && lasts.value;
}
