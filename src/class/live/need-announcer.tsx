import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { useLive } from './live-context.ts';
import { type Need, needsHelp } from './need.ts';
import type { Standing } from './shown-learners.ts';

/** Says no more often who needs help now; what comes meanwhile is said together. */
const SAY_EVERY_MS = 15_000;

/** For who can't see the rows: who has come to need help since it was last said. */
export function NeedAnnouncer({ standings }: { standings: readonly Standing[] }) {
  const { texts } = useLive();
  const said = useSignal('');
  const newest = useRef(standings);
  newest.current = standings;
  useEffect(() => {
    let known = needy(newest.current);
    const timer = setInterval(() => {
      const now = needy(newest.current);
      const fresh = [...now].filter(([id, { need }]) => known.get(id)?.need !== need).map(([, who]) => who);
      known = now;
      const [only] = fresh;
      if (only === undefined) return;
      said.value =
        fresh.length > 1 ? texts.announce.many(fresh.length) : texts.announce.one[only.need](only.name);
    }, SAY_EVERY_MS);
    return () => clearInterval(timer);
  }, [texts]);
  return (
    <p class="lp-hidden" role="status">
      {said.value}
    </p>
  );
}

type Needy = { readonly need: Extract<Need, 'failed' | 'hand' | 'stuck'>; readonly name: string };

function needy(standings: readonly Standing[]): Map<string, Needy> {
  return new Map(
    standings.flatMap(({ need, learner }) =>
      needsHelp(need) ? [[learner.id as string, { need, name: learner.name }] as const] : [],
    ),
  );
}
