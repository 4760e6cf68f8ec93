import { useMap } from './map-parts.ts';
import type { Tile } from './map-scene.ts';
import { TileGlyph } from './tile-glyph.tsx';
import { versionLook } from './version-look.ts';

/** Where there are too many tasks to tell them apart: how many of each kind. */
export function TileSummary({ tiles }: { tiles: readonly Tile[] }) {
  const { texts } = useMap();
  const kinds = new Map<string, Tile[]>();
  for (const tile of tiles) {
    const key = JSON.stringify([tile.task.image, tile.phase]);
    kinds.set(key, [...(kinds.get(key) ?? []), tile]);
  }
  return [...kinds].map(([key, [first, ...others]]) =>
    first === undefined ? null : (
      <li key={key}>
        <span
          class="lp-tile"
          data-phase={first.phase}
          data-count={others.length + 1}
          {...versionLook(first.version)}
        >
          <TileGlyph phase={first.phase} />
          <bdi class="lp-tile-tag">{first.version.tag}</bdi>
          <span class="lp-tile-slot">{texts.times(others.length + 1)}</span>
          <span class="lp-hidden">{texts.phases[first.phase]}</span>
        </span>
      </li>
    ),
  );
}
