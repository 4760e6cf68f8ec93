import type { Signal } from '@preact/signals';
import { useEffect, useMemo } from 'preact/hooks';
import { RichText } from '../rich-text.tsx';
import { useViewTexts } from '../view-texts.ts';
import { RolloutView } from './rollout-view.tsx';
import { TIMELINE_TEXTS } from './texts.ts';
import type { RolloutShelf, TimelineLab } from './timeline-lab.ts';
import { TimelineState } from './timeline-state.ts';

const TICK_MS = 500;

interface TimelineViewProps {
  readonly lab: TimelineLab;
  readonly shelf: RolloutShelf;
  /** A moment that is to be shown; it is taken from here. */
  readonly moment: Signal<number | null>;
}

/** The rollouts of the learner's services over time. */
export function TimelineView({ lab, shelf, moment }: TimelineViewProps) {
  const texts = useViewTexts(TIMELINE_TEXTS);
  const state = useMemo(() => new TimelineState(lab, shelf, moment), [lab, shelf, moment]);
  useEffect(() => () => state.dispose(), [state]);
  useEffect(() => {
    const timer = setInterval(() => {
      if (!document.hidden) state.nowMs.value = Date.now();
    }, TICK_MS);
    return () => clearInterval(timer);
  }, [state]);
  if (texts === null) return <section class="lp-timeline" />;
  const service = state.service.value;
  const session = lab.session.value;
  const hasLab = session !== null && session.status.state !== 'closed';
  return (
    <section class="lp-timeline" aria-label={texts.region}>
      {service !== null && hasLab ? (
        <RolloutView state={state} service={service} texts={texts} />
      ) : (
        <p class="lp-tl-empty">
          <RichText
            text={
              hasLab
                ? state.entries.value.length === 0 && lab.isReady.value
                  ? texts.empty.loading
                  : texts.empty.noService
                : texts.empty.noLab
            }
          />
        </p>
      )}
    </section>
  );
}
