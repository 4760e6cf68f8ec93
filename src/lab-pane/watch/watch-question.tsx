import type { LabWatch } from '#contract/class-watch.ts';
import { answerKeyboard, answerWatch } from '../../api-client/lab-api.ts';
import { usePane } from '../pane-parts.ts';
import { Icon } from '../parts/icon.tsx';
import { useTicks } from '../use-ticks.ts';
import { useWatchRequest } from './use-watch-request.ts';

/** Somebody asks; without an answer the question goes by itself. The focus stays where the learner works. */
export function WatchQuestion({ question }: { question: LabWatch['questions'][number] }) {
  const { texts } = usePane();
  const words = texts.watch;
  const { watch, by, about, expiresAtMs } = question;
  const nowMs = useTicks(true);
  const { send, isBusy } = useWatchRequest();
  // The server's clock and the page's may differ.
  const seconds = Math.min(60, Math.max(0, Math.ceil((expiresAtMs - nowMs) / 1_000)));
  const answer = (word: 'allow' | 'decline') => () =>
    void send((id) => (about === 'watch' ? answerWatch(id, watch, word) : answerKeyboard(id, watch, word)));
  return (
    <fieldset class="lp-watch-row" data-tone="question" aria-label={words.ask[about](by)}>
      <Icon name={about === 'watch' ? 'eye' : 'keyboard'} />
      <div class="lp-watch-text">
        <strong>{words.ask[about](by)}</strong>
        <span>{words.hint[about]}</span>
      </div>
      <div class="lp-watch-buttons">
        <span class="lp-watch-time">{words.expires(seconds)}</span>
        <button type="button" class="lp-button" disabled={isBusy} onClick={answer('decline')}>
          {words.decline}
        </button>
        <button type="button" class="lp-button lp-watch-allow" disabled={isBusy} onClick={answer('allow')}>
          {words.allow[about]}
        </button>
      </div>
    </fieldset>
  );
}
