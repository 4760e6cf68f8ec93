import { useSignal } from '@preact/signals';
import { useEffect, useMemo, useRef } from 'preact/hooks';
import type { Waiting } from '#contract/api.ts';
import { usePane } from '../pane-parts.ts';
import { RateLimited } from '../rate-limited.ts';
import { RichText } from '../rich-text.tsx';
import { useTicks } from '../use-ticks.ts';
import { secondsLeft, waitChange, waitLine } from '../wait-line.ts';

const ANNOUNCE_EVERY_MS = 6_000;

/** What updates under way wait for: one calm line per service, gone when all is quiet. */
export function Waits() {
  const { lab, texts } = usePane();
  const { list, heardAtMs } = lab.model.value.waits;
  const isShown = list.length > 0 && lab.connection.value === 'live';
  const nowMs = useTicks(isShown);
  return (
    <>
      <WaitAnnouncer list={list} />
      {isShown && (
        <ul class="lp-waits" aria-label={texts.waits.region}>
          {list.map((waiting) => (
            <li key={waiting.service}>
              <p>
                <RichText text={texts.waits.service(waiting.service)} />
                {': '}
                {waitLine(waiting, secondsLeft(waiting, heardAtMs, nowMs), texts)}
              </p>
              <span
                class="lp-wait-bar"
                data-state={waiting.state}
                aria-hidden="true"
                style={{ '--replaced': waiting.replaced, '--total': Math.max(1, waiting.total) }}
              />
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

function WaitAnnouncer({ list }: { list: readonly Waiting[] }) {
  const { texts } = usePane();
  const said = useSignal('');
  const heard = useRef<readonly Waiting[]>([]);
  const limited = useMemo(
    () =>
      new RateLimited<readonly Waiting[]>(ANNOUNCE_EVERY_MS, (now) => {
        const text = waitChange(heard.current, now, texts);
        heard.current = now;
        if (text) said.value = text;
      }),
    [texts, said],
  );
  useEffect(() => {
    if (list.length + heard.current.length > 0) limited.push(list);
  }, [limited, list]);
  useEffect(() => () => limited.stop(), [limited]);
  return (
    <p class="lp-hidden" aria-live="polite">
      {said.value}
    </p>
  );
}
