import { versionOf } from '../map/image-version.ts';
import { versionLook } from '../map/version-look.ts';
import type { PartProps } from './chart.tsx';
import { CursorLine, MarkLines } from './chart-lines.tsx';
import { round, SIZES, type TimeScale } from './layout.ts';
import type { CapacityStep } from './picture.ts';

const TOP = 8;
const BOTTOM = SIZES.capacity - 8;

/** How many run, by version, against how many are wanted. */
export function Capacity({
  picture,
  scale,
  zeroMs,
  texts,
  cursorX,
  nowMs,
}: PartProps & { readonly nowMs: number }) {
  const { capacity, images } = picture;
  const most = Math.max(1, ...capacity.map(({ running, desired }) => Math.max(running, desired)));
  const y = (count: number): number => round(BOTTOM - (count / most) * (BOTTOM - TOP));
  const endMs = Math.min(nowMs, picture.toMs);
  const line = (countIn: (step: CapacityStep) => number) => stepPath(capacity, { scale, endMs, y, countIn });
  return (
    <svg class="lp-tl-capacity" width={scale.width} height={SIZES.capacity} aria-hidden="true">
      <text class="lp-tl-row" x={0} y={SIZES.capacity / 2 + 4}>
        {texts.rows.capacity}
      </text>
      {[0, most].map((count) => (
        <text key={count} class="lp-tl-count" x={SIZES.gutter - 6} y={y(count) + 4}>
          {count}
        </text>
      ))}
      {images.map((image, index) => {
        const upTo = (step: CapacityStep): number => countOf(step, images.slice(0, index + 1));
        const below = (step: CapacityStep): number => countOf(step, images.slice(0, index));
        const area = areaPath(capacity, { scale, endMs, y, countIn: upTo }, below);
        return <path key={image} class="lp-tl-area" d={area} {...versionLook(versionOf(image))} />;
      })}
      <path class="lp-tl-running" d={line(({ running }) => running)} />
      <path class="lp-tl-desired" d={line(({ desired }) => desired)} />
      <MarkLines picture={picture} scale={scale} zeroMs={zeroMs} top={0} bottom={SIZES.capacity} />
      <CursorLine x={cursorX} height={SIZES.capacity} />
    </svg>
  );
}

function countOf(step: CapacityStep, images: readonly string[]): number {
  return step.byImage.reduce((sum, [image, count]) => sum + (images.includes(image) ? count : 0), 0);
}

interface Drawing {
  readonly scale: TimeScale;
  readonly endMs: number;
  readonly y: (count: number) => number;
  readonly countIn: (step: CapacityStep) => number;
}

function pointsOf(steps: readonly CapacityStep[], { scale, endMs, y, countIn }: Drawing): [number, number][] {
  return steps.flatMap((step, index): [number, number][] => {
    const height = y(countIn(step));
    const untilMs = steps[index + 1]?.atMs ?? endMs;
    return [
      [scale.x(step.atMs), height],
      [scale.x(Math.max(untilMs, step.atMs)), height],
    ];
  });
}

function stepPath(steps: readonly CapacityStep[], drawing: Drawing): string {
  return pathThrough(pointsOf(steps, drawing));
}

function areaPath(
  steps: readonly CapacityStep[],
  drawing: Drawing,
  below: (step: CapacityStep) => number,
): string {
  const upper = pointsOf(steps, drawing);
  const lower = pointsOf(steps, { ...drawing, countIn: below }).reverse();
  return upper.length === 0 ? '' : `${pathThrough([...upper, ...lower])}Z`;
}

function pathThrough(points: readonly [number, number][]): string {
  return points.map(([x, y], index) => `${index === 0 ? 'M' : 'L'}${x} ${y}`).join('');
}
