import { usePane } from '../pane-parts.ts';
import { RichText } from '../rich-text.tsx';
import { ToolButton } from './tool-button.tsx';

/** What the learner must know now without being stopped: lost connection, refused requests, notes of the server. */
export function Banner() {
  const { lab, deck, language, texts } = usePane();
  const words = texts.value.banner;
  const { session, notice } = lab.model.value;
  const isOffline =
    session !== null && session.status.state !== 'closed' && lab.connection.value === 'reconnecting';
  const problem =
    deck.problem.value ?? (session?.status.state === 'closed' ? null : session && lab.problem.value);
  return (
    <div class="lp-banners" role="status">
      {isOffline && <p class="lp-banner lp-banner-offline">{words.offline}</p>}
      {!isOffline && problem && (
        <div class="lp-banner" data-level="warning">
          <p>
            <RichText text={problem.text(language.value)} />
          </p>
          <ToolButton
            icon="close"
            label={words.dismiss}
            onClick={() => {
              deck.problem.value = null;
              lab.problem.value = null;
            }}
          />
        </div>
      )}
      {notice && (
        <div class="lp-banner" data-level={notice.level}>
          <p>
            <RichText text={notice.text[language.value]} />
          </p>
          <ToolButton icon="close" label={words.dismiss} onClick={() => lab.dismissNotice()} />
        </div>
      )}
    </div>
  );
}
