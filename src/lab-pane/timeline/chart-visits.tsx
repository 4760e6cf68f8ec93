import type { PartProps } from './chart.tsx';
import { CursorLine, MarkLines } from './chart-lines.tsx';
import { SIZES } from './layout.ts';
import { isFailure, type Visit } from './picture.ts';

/** A strip of visitors' requests: whole where one was served, crossed out where one was not. */
export function Visits({ picture, scale, zeroMs, texts, cursorX }: PartProps) {
  const perSecond =
    (scale.x(picture.toMs) - scale.x(picture.fromMs)) / ((picture.toMs - picture.fromMs) / 1_000);
  const width = Math.min(14, Math.max(2, perSecond * 0.8));
  return (
    <svg class="lp-tl-visits" width={scale.width} height={SIZES.strip} aria-hidden="true">
      <text class="lp-tl-row" x={0} y={SIZES.strip / 2 + 4}>
        {texts.rows.requests}
      </text>
      {picture.visits.length === 0 && (
        <text class="lp-tl-none" x={SIZES.gutter + 2} y={SIZES.strip / 2 + 4}>
          {texts.noRequests}
        </text>
      )}
      {picture.visits.map((visit) => (
        <VisitTick key={visit.atMs} visit={visit} x={scale.x(visit.atMs)} width={width} />
      ))}
      <MarkLines picture={picture} scale={scale} zeroMs={zeroMs} top={0} bottom={SIZES.strip} />
      <CursorLine x={cursorX} height={SIZES.strip} />
    </svg>
  );
}

interface VisitTickProps {
  readonly visit: Visit;
  readonly x: number;
  readonly width: number;
}

export function VisitTick({ visit, x, width }: VisitTickProps) {
  const left = Math.max(x - width / 2, SIZES.gutter);
  const isBad = isFailure(visit);
  const inner = Math.min(width, 10);
  const middle = left + width / 2;
  return (
    <g class="lp-tl-visit" data-outcome={visit.outcome}>
      <rect x={left} y={isBad ? 3 : 7} width={width} height={isBad ? 20 : 12} rx={Math.min(2, width / 3)} />
      {isBad && width >= 6 && (
        <path
          d={`M${middle - inner / 3} ${13 - inner / 3}l${inner / 1.5} ${inner / 1.5}m0 -${inner / 1.5}l-${inner / 1.5} ${inner / 1.5}`}
        />
      )}
    </g>
  );
}
