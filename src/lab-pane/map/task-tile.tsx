import { useMemo } from 'preact/hooks';
import { useMap } from './map-parts.ts';
import type { Tile } from './map-scene.ts';
import { TileGlyph } from './tile-glyph.tsx';
import { troubleText } from './trouble-text.ts';
import { versionLook } from './version-look.ts';

/** One task: its version by colour and tag, its state by shape and sign. The rest is in the details. */
export function TaskTile({ tile }: { tile: Tile }) {
  const { texts, shownId, onTile, tabStopId, ageMs } = useMap();
  const { task, version, phase, name, isFading } = tile;
  // A running animation would jump if it were told its age again.
  const age = useMemo(() => (isFading ? ageMs(task.sinceMs) : 0), [isFading]);
  const look = versionLook(version);
  const { id } = task;
  const said = texts.tile(name, version.tag, texts.phases[phase]);
  const trouble = task.error === null ? null : troubleText(task.error, texts);
  const isShown = shownId === id;
  return (
    <button
      type="button"
      class="lp-tile"
      data-task={id}
      data-phase={phase}
      data-state={task.state}
      {...look}
      data-fading={isFading}
      style={{ ...look.style, '--age': `${age}ms` }}
      aria-label={[said, trouble].filter(Boolean).join('. ')}
      aria-expanded={isShown}
      aria-describedby={isShown ? 'lp-map-details' : undefined}
      tabIndex={tabStopId === id ? 0 : -1}
      onPointerEnter={({ pointerType, currentTarget }) =>
        pointerType === 'mouse' && onTile(tile, 'look', currentTarget)
      }
      onPointerLeave={({ pointerType, currentTarget }) =>
        pointerType === 'mouse' && onTile(tile, 'leave', currentTarget)
      }
      onFocus={({ currentTarget }) =>
        currentTarget.matches(':focus-visible') && onTile(tile, 'look', currentTarget)
      }
      onBlur={({ currentTarget }) => onTile(tile, 'leave', currentTarget)}
      onClick={({ currentTarget }) => onTile(tile, 'choose', currentTarget)}
    >
      <TileGlyph phase={phase} />
      <bdi class="lp-tile-tag">{version.tag}</bdi>
      {task.slot !== null && <span class="lp-tile-slot">.{task.slot}</span>}
      {tile.failure && <span class="lp-tile-scar" />}
    </button>
  );
}
