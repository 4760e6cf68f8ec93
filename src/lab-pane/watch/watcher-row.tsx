import type { LabWatch } from '#contract/class-watch.ts';
import { endWatch, takeKeyboardBack } from '../../api-client/lab-api.ts';
import { usePane } from '../pane-parts.ts';
import { Icon } from '../parts/icon.tsx';
import { useWatchRequest } from './use-watch-request.ts';

/** Who watches since when, and the way to end it. */
export function WatcherRow({ watcher }: { watcher: LabWatch['watchers'][number] }) {
  const { language, texts } = usePane();
  const words = texts.watch;
  const { watch, by, sinceMs, byPolicy, hasKeyboard } = watcher;
  const { send, isBusy } = useWatchRequest();
  const time = new Intl.DateTimeFormat(language, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
  return (
    <div class="lp-watch-row" data-tone={hasKeyboard ? 'keyboard' : 'watching'}>
      <Icon name={hasKeyboard ? 'keyboard' : 'eye'} />
      <div class="lp-watch-text">
        <strong>{hasKeyboard ? words.hasKeyboard(by) : words.watching(by)}</strong>
        {!hasKeyboard && <span class="lp-watch-since">{words.since(time.format(sinceMs))}</span>}
        {byPolicy && !hasKeyboard && <span class="lp-watch-policy">{words.byPolicy}</span>}
      </div>
      <div class="lp-watch-buttons">
        {hasKeyboard && (
          <button
            type="button"
            class="lp-button lp-watch-allow"
            disabled={isBusy}
            onClick={() => void send((id) => takeKeyboardBack(id, watch))}
          >
            {words.takeBack}
          </button>
        )}
        <button
          type="button"
          class="lp-button"
          aria-label={words.end(by)}
          disabled={isBusy}
          onClick={() => void send((id) => endWatch(id, watch))}
        >
          {words.endShort}
        </button>
      </div>
    </div>
  );
}
