import { versionOf } from '../map/image-version.ts';
import { versionLook } from '../map/version-look.ts';
import type { PartProps } from './chart.tsx';
import { CursorLine, MarkLines } from './chart-lines.tsx';
import { foreign } from './foreign-text.ts';
import { placesOf, SIZES, type TimeScale, textWidth } from './layout.ts';
import type { Lane, Stretch, TaskLife } from './task-lanes.ts';

const LABEL_PX = 10.5;

/** A lane per replica, in it the lives of its tasks. */
export function Lanes({
  picture,
  scale,
  zeroMs,
  texts,
  cursorX,
  nowMs,
}: PartProps & { readonly nowMs: number }) {
  const { places, height } = placesOf(picture.lanes);
  return (
    <svg class="lp-tl-tasks" width={scale.width} height={height} aria-hidden="true">
      {places.map(({ lane, top, height: laneHeight }) => (
        <g key={keyOf(lane)} data-lane={keyOf(lane)}>
          <rect
            class="lp-tl-lane"
            x={SIZES.gutter}
            y={top - 2}
            width={Math.max(scale.width - SIZES.gutter - SIZES.right, 0)}
            height={laneHeight + 4}
          />
          <text class="lp-tl-row" x={0} y={top + laneHeight / 2 + 4}>
            {lane.slot === null ? foreign(lane.node ?? '?', 11) : texts.rows.replica(lane.slot)}
          </text>
          {lane.lives.map((life) => (
            <Life
              key={life.taskId}
              life={life}
              top={top + life.row * SIZES.row}
              scale={scale}
              nowMs={nowMs}
            />
          ))}
        </g>
      ))}
      {picture.gaps.map(({ fromMs, toMs }) => (
        <rect
          key={fromMs}
          class="lp-tl-gap"
          x={scale.x(fromMs)}
          y={0}
          width={Math.max(scale.x(Math.min(toMs, nowMs)) - scale.x(fromMs), 1)}
          height={height}
        />
      ))}
      <MarkLines picture={picture} scale={scale} zeroMs={zeroMs} top={0} bottom={height} />
      <CursorLine x={cursorX} height={height} />
    </svg>
  );
}

interface LifeProps {
  readonly life: TaskLife;
  readonly top: number;
  readonly scale: TimeScale;
  readonly nowMs: number;
}

function Life({ life, top, scale, nowMs }: LifeProps) {
  const version = versionOf(life.image);
  const tag = foreign(version.tag, 14);
  const until = (stretch: Stretch): number => scale.x(Math.min(stretch.toMs ?? nowMs, nowMs));
  // Named where it is seen best: in its longest stretch.
  const widths = life.stretches.map((stretch) => until(stretch) - scale.x(stretch.fromMs));
  const widest = widths.indexOf(Math.max(...widths));
  const endX = life.toMs === null ? null : scale.x(life.toMs);
  const isEndShown = life.toMs !== null && life.toMs > scale.fromMs && life.toMs < scale.toMs;
  return (
    <g
      class="lp-tl-life"
      data-task={life.taskId}
      data-tag={tag}
      data-end={life.end ?? undefined}
      {...versionLook(version)}
    >
      {life.stretches.map((stretch, index) => {
        const width = widths[index] ?? 0;
        if (width <= 0) return null;
        const x = scale.x(stretch.fromMs);
        const hasRoom =
          index === widest && stretch.look !== 'stopping' && textWidth(tag, LABEL_PX) + 8 <= width;
        return (
          <g key={index} data-look={stretch.look}>
            <rect
              x={x + 0.5}
              y={top + barInset(stretch)}
              width={Math.max(width - 1, 1)}
              height={SIZES.row - 2 - 2 * barInset(stretch)}
              rx={2}
            />
            {hasRoom && (
              <text x={x + 5} y={top + 10.5}>
                {tag}
              </text>
            )}
          </g>
        );
      })}
      {isEndShown && endX !== null && life.end === 'failed' && (
        <path class="lp-tl-failed" d={`M${endX - 4} ${top + 2}l9 9m0 -9l-9 9`} />
      )}
    </g>
  );
}

/** A task that is to end is drawn thin: less of it counts. */
function barInset({ look }: Stretch): number {
  return look === 'stopping' ? 4 : 0;
}

function keyOf({ slot, node }: Lane): string {
  return slot === null ? `node-${node ?? ''}` : `slot-${slot}`;
}
