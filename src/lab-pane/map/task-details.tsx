import { useLayoutEffect, useRef } from 'preact/hooks';
import { useMap } from './map-parts.ts';
import type { Tile } from './map-scene.ts';
import { TileGlyph } from './tile-glyph.tsx';
import { troubleText } from './trouble-text.ts';

const GAP_PX = 6;

/** Everything known of one task, beside its tile. */
export function TaskDetails({ tile }: { tile: Tile }) {
  const { texts, ago } = useMap();
  const box = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    if (box.current) placeBeside(tile.task.id, box.current);
  });
  const words = texts.details;
  const { task, phase, failure, version } = tile;
  return (
    <div class="lp-details" id="lp-map-details" role="tooltip" ref={box}>
      <p class="lp-details-name">
        <TileGlyph phase={phase} />
        <bdi>{tile.fullName}</bdi>
      </p>
      <p>
        <strong>{texts.phases[phase]}</strong> · {words.since(ago(task.sinceMs))}
      </p>
      {task.error !== null && (
        <p class="lp-details-error">
          {troubleText(task.error, texts)} <code>{task.error}</code>
        </p>
      )}
      <dl>
        <dt>{words.image}</dt>
        <dd>
          <bdi>{task.image}</bdi>
        </dd>
        <dt>{words.node}</dt>
        <dd>{tile.hostname === null ? words.noNode : <bdi>{tile.hostname}</bdi>}</dd>
        <dt>{words.state}</dt>
        <dd>
          <code>{task.state}</code>
          {task.desired !== task.state && ` · ${words.wanted(task.desired)}`}
        </dd>
        {(task.state === 'running' || task.state === 'starting') && (
          <>
            <dt>{words.health}</dt>
            <dd>{words.healths[task.health]}</dd>
          </>
        )}
      </dl>
      {failure && (
        <p class="lp-details-error">
          {words.before(tagOf(failure.image, version.tag), ago(failure.sinceMs))}{' '}
          {failure.error !== null && (troubleText(failure.error, texts) ?? <code>{failure.error}</code>)}
        </p>
      )}
    </div>
  );
}

function tagOf(image: string, otherwise: string): string {
  return image.split(':').at(-1) ?? otherwise;
}

/** Below its tile, or above where only there is room; never wider than the map. */
function placeBeside(taskId: string, box: HTMLElement): void {
  const map = box.parentElement;
  const view = map?.parentElement;
  const anchor = map?.querySelector(`[data-task="${CSS.escape(taskId)}"]`);
  if (!map || !view || !anchor) return;
  const [tile, frame, seen] = [
    anchor.getBoundingClientRect(),
    map.getBoundingClientRect(),
    view.getBoundingClientRect(),
  ];
  const below = seen.bottom - tile.bottom;
  const above = tile.top - seen.top;
  const needed = box.offsetHeight + GAP_PX;
  const isBelow = below >= needed || above < needed;
  const top = isBelow ? tile.bottom - frame.top + GAP_PX : tile.top - frame.top - box.offsetHeight - GAP_PX;
  const most = map.clientWidth - box.offsetWidth - GAP_PX;
  box.style.top = `${Math.max(top, 0)}px`;
  box.style.left = `${Math.max(Math.min(tile.left - frame.left, most), GAP_PX)}px`;
}
