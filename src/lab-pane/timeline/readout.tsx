import { timeWords } from './clock-words.ts';
import { momentParts } from './moment-words.ts';
import type { Moment } from './picture.ts';
import type { TimelineTexts } from './texts.ts';

interface ReadoutProps {
  readonly moment: Moment;
  readonly zeroMs: number;
  readonly isLive: boolean;
  readonly texts: TimelineTexts;
}

/** The moment that is looked at, in words and numbers. */
export function Readout({ moment, zeroMs, isLive, texts }: ReadoutProps) {
  return (
    <p class="lp-tl-readout" data-live={isLive ? '' : undefined}>
      <strong>{timeWords(moment.atMs - zeroMs, texts)}</strong>
      {momentParts(moment, texts).map((part, index) => (
        <span key={index} data-phase={index === 0 ? (moment.phase ?? 'none') : undefined}>
          {part}
        </span>
      ))}
    </p>
  );
}
