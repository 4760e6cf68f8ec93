import { useSignal } from '@preact/signals';
import type { CareRound } from '#contract/class-care.ts';
import { ProblemNote } from '../../forms/problem-note.tsx';
import { useClass } from '../class-context.ts';
import { putAside, readPutAside } from './put-aside.ts';
import { RoundCard } from './round-card.tsx';
import { useCareRounds } from './use-care-rounds.ts';

const SHOWN_AFTER_END_MS = 30 * 60_000;

/** How the rounds of a cohort go, whoever has started them, from whichever browser. Nothing without any. */
export function CarePanel({ cohort }: { cohort: string }) {
  const { language, texts } = useClass();
  const { panel } = texts.care;
  const { rounds, stream, refused } = useCareRounds(cohort);
  const aside = useSignal(readPutAside());
  const isShown = ({ id, endedAtMs }: CareRound): boolean =>
    endedAtMs === null || (Date.now() - endedAtMs < SHOWN_AFTER_END_MS && !aside.value.includes(id));
  const shown = rounds?.filter(isShown) ?? [];
  const earlier = rounds?.filter((round) => !isShown(round)) ?? [];
  if (shown.length === 0 && earlier.length === 0 && refused === null) return null;
  return (
    <section class="care-panel" aria-label={panel.title}>
      <ProblemNote problem={refused} language={language} />
      {stream === 'reconnecting' && shown.some(({ endedAtMs }) => endedAtMs === null) && (
        <p class="fm-note fm-waiting">{panel.reconnecting}</p>
      )}
      {shown.map((round) => (
        <RoundCard
          key={round.id}
          cohort={cohort}
          round={round}
          onDismiss={() => {
            aside.value = putAside(round.id);
          }}
        />
      ))}
      {earlier.length > 0 && (
        <details class="care-earlier">
          <summary>{panel.earlier(earlier.length)}</summary>
          {earlier.map((round) => (
            <RoundCard key={round.id} cohort={cohort} round={round} />
          ))}
        </details>
      )}
    </section>
  );
}
