import type { WatchChoice } from '#contract/class-watch.ts';
import { useTicks } from '../../../lab-pane/use-ticks.ts';
import { useSight } from '../sight-context.ts';
import { useWatch } from '../watch-context.ts';

/** Before the watching begins, and after it has ended. */
export function WatchStart({ choice: { learner, labs } }: { choice: WatchChoice }) {
  const watch = useWatch();
  const { language, texts } = useSight();
  const status = watch.watching.value?.status ?? null;
  return (
    <div class="wt-start">
      <div role="status">
        {status?.state === 'over' && <p class="fm-note">{texts.ends[status.why](learner.name)}</p>}
        {status?.state === 'asked' && <p class="wt-asking">{texts.asking(learner.name)}</p>}
      </div>
      {status?.state === 'asked' ? (
        <Asked expiresAtMs={status.expiresAtMs} />
      ) : (
        <section class="fm-card" aria-label={texts.choose}>
          {labs.length === 0 && <p>{texts.noLab(learner.name)}</p>}
          {labs.length > 0 && <p class="fm-quiet">{texts.whatIsSeen}</p>}
          {labs.map((lab) => (
            <div key={lab.id} class="wt-lab">
              <div>
                <strong>{lab.title[language]}</strong>
                {lab.isUnasked && <p class="fm-quiet">{texts.unasked}</p>}
                {!lab.isLearnerThere && <p class="fm-quiet">{texts.away}</p>}
              </div>
              <button
                type="button"
                class="lp-button lp-primary"
                disabled={watch.isBusy.value}
                onClick={() => void watch.ask(lab.id)}
              >
                {lab.isUnasked ? texts.begin : texts.ask}
              </button>
            </div>
          ))}
        </section>
      )}
    </div>
  );
}

function Asked({ expiresAtMs }: { expiresAtMs: number }) {
  const watch = useWatch();
  const { texts } = useSight();
  const nowMs = useTicks(true);
  const seconds = Math.min(60, Math.max(0, Math.ceil((expiresAtMs - nowMs) / 1_000)));
  const isLearnerThere = watch.watching.value?.isLearnerThere ?? true;
  return (
    <section class="fm-card">
      <p class="wt-time">{texts.expires(seconds)}</p>
      {!isLearnerThere && <p class="fm-note fm-waiting">{texts.away}</p>}
      <button type="button" class="lp-button" onClick={() => void watch.stop()}>
        {texts.withdraw}
      </button>
    </section>
  );
}
