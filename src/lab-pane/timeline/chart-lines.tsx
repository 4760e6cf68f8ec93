import type { TimeScale } from './layout.ts';
import type { Picture } from './picture.ts';

/** A deployment is where the rollout begins: its own line would say it twice. */
const AT_START_MS = 1_500;

interface MarkLinesProps {
  readonly picture: Picture;
  readonly scale: TimeScale;
  readonly zeroMs: number;
  readonly top: number;
  readonly bottom: number;
  readonly hasHeads?: boolean;
}

export function MarkLines({ picture, scale, zeroMs, top, bottom, hasHeads = false }: MarkLinesProps) {
  const marks = picture.marks.filter(
    (mark) => mark.kind !== 'deployed' || Math.abs(mark.atMs - zeroMs) > AT_START_MS,
  );
  return (
    <g class="lp-tl-marks">
      {marks.map((mark, index) => {
        const x = scale.x(mark.atMs);
        return (
          <g key={index} data-kind={mark.kind}>
            <line x1={x} x2={x} y1={top} y2={bottom} />
            {hasHeads && <path d={`M${x} ${top + 6}l-5 -8h10z`} />}
          </g>
        );
      })}
    </g>
  );
}

interface CursorLineProps {
  readonly x: number | null;
  readonly height: number;
  readonly hasHead?: boolean;
}

export function CursorLine({ x, height, hasHead = false }: CursorLineProps) {
  if (x === null) return null;
  return (
    <g class="lp-tl-cursor">
      <line x1={x} x2={x} y1={0} y2={height} />
      {hasHead && <circle cx={x} cy={4} r={4} />}
    </g>
  );
}
