import { useMap } from './map-parts.ts';
import type { Tile } from './map-scene.ts';
import { TaskTile } from './task-tile.tsx';
import { TileSummary } from './tile-summary.tsx';

export function TileList({ label, tiles }: { readonly label: string; readonly tiles: readonly Tile[] }) {
  const { size } = useMap();
  return (
    <ul class="lp-tiles" aria-label={label}>
      {size === 'summary' ? (
        <TileSummary tiles={tiles} />
      ) : (
        tiles.map((tile) => (
          <li key={tile.task.id}>
            <TaskTile tile={tile} />
          </li>
        ))
      )}
    </ul>
  );
}
