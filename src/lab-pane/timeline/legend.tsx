import { versionOf } from '../map/image-version.ts';
import { versionLook } from '../map/version-look.ts';
import { VisitTick } from './chart-visits.tsx';
import { foreign } from './foreign-text.ts';
import { SIZES } from './layout.ts';
import { isFailure, type Picture, type Visit } from './picture.ts';
import type { TaskLook } from './task-lanes.ts';
import type { TimelineTexts } from './texts.ts';

const LOOKS: readonly TaskLook[] = ['starting', 'running', 'unhealthy', 'stopping'];
const SIZE = { width: 22, height: 13 } as const;

/** What is in this picture, and nothing else. */
export function Legend({ picture, texts }: { readonly picture: Picture; readonly texts: TimelineTexts }) {
  const lives = picture.lanes.flatMap(({ lives }) => lives);
  const looks = new Set(lives.flatMap(({ stretches }) => stretches.map(({ look }) => look)));
  const failures = new Map(
    picture.visits.filter((visit) => isFailure(visit)).map((visit) => [visit.outcome, visit]),
  );
  const ok = picture.visits.find(({ outcome }) => outcome === 'ok');
  return (
    <ul class="lp-tl-legend" aria-label={texts.legend}>
      {picture.images.map((image) => (
        <li key={image} {...versionLook(versionOf(image))}>
          <svg {...SIZE} aria-hidden="true" class="lp-tl-life">
            <g data-look="running">
              <rect x={1} y={1} width={20} height={11} rx={2} />
            </g>
          </svg>
          <span>{foreign(versionOf(image).tag, 30)}</span>
        </li>
      ))}
      {LOOKS.filter((look) => looks.has(look)).map((look) => (
        <li key={look} data-version="none">
          <svg {...SIZE} aria-hidden="true" class="lp-tl-life">
            <g data-look={look}>
              <rect
                x={1}
                y={look === 'stopping' ? 4 : 1}
                width={20}
                height={look === 'stopping' ? 5 : 11}
                rx={2}
              />
            </g>
          </svg>
          <span>{texts.looks[look]}</span>
        </li>
      ))}
      {lives.some(({ end }) => end === 'failed') && (
        <li>
          <svg {...SIZE} aria-hidden="true">
            <path class="lp-tl-failed" d="M6 2l9 9m0 -9l-9 9" />
          </svg>
          <span>{texts.looks.failed}</span>
        </li>
      )}
      <li>
        <svg {...SIZE} aria-hidden="true">
          <path class="lp-tl-desired" d="M1 6.5h20" />
        </svg>
        <span>{texts.legendDesired}</span>
      </li>
      {[...(ok ? [ok] : []), ...failures.values()].map((visit) => (
        <li key={visit.outcome}>
          <VisitSample visit={visit} />
          <span>{`${texts.rows.requests}: ${texts.visits[visit.outcome]}`}</span>
        </li>
      ))}
      {picture.gaps.length > 0 && (
        <li>
          <svg {...SIZE} aria-hidden="true">
            <rect class="lp-tl-gap" x={1} y={1} width={20} height={11} />
          </svg>
          <span>{texts.legendUnknown}</span>
        </li>
      )}
    </ul>
  );
}

function VisitSample({ visit }: { readonly visit: Visit }) {
  return (
    <svg width={SIZE.width} height={26} viewBox={`${SIZES.gutter} 0 22 26`} aria-hidden="true">
      <VisitTick visit={visit} x={SIZES.gutter + 11} width={10} />
    </svg>
  );
}
