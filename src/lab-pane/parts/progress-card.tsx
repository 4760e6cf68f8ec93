import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { LAB_STEPS } from '#contract/api.ts';
import { usePane } from '../pane-parts.ts';
import type { LabStep } from '../texts.ts';
import { Message } from './card.tsx';
import { Icon } from './icon.tsx';

const SLOW_SECONDS = 45;
/** Shown only while they last: most labs don't come by here. */
const RARE_STEPS: ReadonlySet<LabStep> = new Set(['queued', 'swarm', 'replaying']);

/** What the server does to get the lab ready, step by step, and for how long it has been at it. */
export function ProgressCard({ step }: { step: LabStep | null }) {
  const { lab, texts } = usePane();
  const words = texts;
  const since = lab.session.value ? lab.model.value.stateSinceMs : null;
  const seconds = useElapsedSeconds(step === null ? null : since);
  const position = step === null ? -1 : LAB_STEPS.indexOf(step);
  const isPrepared = step === 'replaying' || lab.preparing.value !== null;
  const isReset = lab.state.value === 'resetting' || lab.work.value === 'resetting';
  const title = isPrepared ? 'preparing' : isReset ? 'resetting' : 'provisioning';
  const isShown = (name: LabStep) =>
    name === step || !RARE_STEPS.has(name) || (name === 'replaying' && isPrepared);
  return (
    <Message title={words.status[title]}>
      <ol class="lp-steps">
        {LAB_STEPS.filter(isShown).map((name) => {
          const at = LAB_STEPS.indexOf(name);
          const state = at < position ? 'done' : at === position ? 'now' : 'later';
          return (
            <li key={name} data-state={state} aria-current={state === 'now' ? 'step' : undefined}>
              {state === 'done' && <Icon name="passed" />}
              {words.steps[name]}
            </li>
          );
        })}
      </ol>
      <p class="lp-elapsed">{words.elapsed(seconds)}</p>
      <p class="lp-hidden" role="status">
        {step && words.steps[step]}
      </p>
      {seconds >= SLOW_SECONDS && <p>{words.start.slow}</p>}
    </Message>
  );
}

export function useElapsedSeconds(sinceMs: number | null): number {
  const nowMs = useSignal(Date.now());
  useEffect(() => {
    const timer = setInterval(() => {
      nowMs.value = Date.now();
    }, 500);
    return () => clearInterval(timer);
  }, [nowMs]);
  return sinceMs === null ? 0 : Math.max(0, Math.floor((nowMs.value - sinceMs) / 1000));
}
