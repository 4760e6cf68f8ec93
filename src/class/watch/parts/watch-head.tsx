import { useSight } from '../sight-context.ts';
import { useWatch } from '../watch-context.ts';

/** Whose lab, since when, and what can be asked. */
export function WatchHead() {
  const watch = useWatch();
  const { language, texts } = useSight();
  const learner = watch.choice.value?.learner.name ?? '';
  const status = watch.watching.value?.status;
  const time = new Intl.DateTimeFormat(language, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
  const { isBusy } = watch;
  return (
    <header class="wt-head">
      <h2>{texts.labOf(learner)}</h2>
      {status?.state === 'on' && (
        <>
          <span class="wt-badge">{texts.on(time.format(status.sinceMs))}</span>
          <div class="fm-row wt-actions">
            {status.keyboard.state === 'has' ? (
              <button type="button" class="lp-button" onClick={() => void watch.giveKeyboardBack()}>
                {texts.keyboard.giveBack}
              </button>
            ) : (
              <button
                type="button"
                class="lp-button"
                disabled={isBusy.value || status.keyboard.state === 'asked'}
                onClick={() => void watch.askForKeyboard()}
              >
                {texts.keyboard.ask}
              </button>
            )}
            <button type="button" class="lp-button" disabled={isBusy.value} onClick={() => void watch.stop()}>
              {texts.stop}
            </button>
          </div>
        </>
      )}
    </header>
  );
}
