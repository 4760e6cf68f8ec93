import { useMap } from './map-parts.ts';
import { TASK_PHASES, type TaskPhase } from './task-phase.ts';
import { TileGlyph } from './tile-glyph.tsx';

/** The signs that are on the map now, in words. */
export function MapLegend({ phases }: { phases: ReadonlySet<TaskPhase> }) {
  const { texts } = useMap();
  if (phases.size === 0) return null;
  return (
    <ul class="lp-legend" aria-label={texts.legend}>
      {TASK_PHASES.filter((phase) => phases.has(phase)).map((phase) => (
        <li key={phase}>
          <span class="lp-legend-sign" data-phase={phase}>
            <TileGlyph phase={phase} />
          </span>
          {texts.phases[phase]}
        </li>
      ))}
    </ul>
  );
}
