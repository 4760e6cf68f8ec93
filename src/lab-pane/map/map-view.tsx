import { useSignal } from '@preact/signals';
import { useRef } from 'preact/hooks';
import type { SwarmMap } from '#contract/swarm-map.ts';
import { useLabView } from '../lab-view-parts.ts';
import { RichText } from '../rich-text.tsx';
import { useTicks } from '../use-ticks.ts';
import { useViewTexts } from '../view-texts.ts';
import { MapLegend } from './map-legend.tsx';
import { MapContext, type TileSize } from './map-parts.ts';
import { type MapScene, mapScene, type Tile } from './map-scene.ts';
import { NodeCard } from './node-card.tsx';
import { SwarmPart } from './swarm-part.tsx';
import { TaskDetails } from './task-details.tsx';
import type { MapTexts } from './texts.ts';
import { useMotion } from './use-motion.ts';
import { type ShownTile, useTiles } from './use-tiles.ts';

const TEXTS = {
  ko: async () => (await import('./texts-ko.ts')).KO,
  en: async () => (await import('./texts-en.ts')).EN,
};
/** A silence that is over sooner is no news: a node that flaps would make the map flicker. */
const SILENCE_BELIEVED_MS = 2_000;
const LARGE_TILES = 30;
const SINGLE_TILES = 80;

export function MapView() {
  const { lab } = useLabView();
  const texts = useViewTexts(TEXTS);
  const { map } = lab.model.value;
  if (texts === null) return <section class="lp-map" />;
  if (map !== null) return <DrawnMap map={map} texts={texts} />;
  return (
    <section class="lp-map" aria-label={texts.region}>
      <p class="lp-map-note">{lab.isReady.value ? texts.notSeen : texts.noLab}</p>
    </section>
  );
}

function DrawnMap({ map, texts }: { readonly map: SwarmMap; readonly texts: MapTexts }) {
  const { lab, power, texts: words } = useLabView();
  const root = useRef<HTMLElement>(null);
  const chosen = useSignal<ShownTile | null>(null);
  const clockMs = useTicks(chosen.value !== null || hasSilence(map));
  // The lab's clock and the page's may differ.
  const nowMs = Math.max(clockMs - lab.model.value.mapHeardAtMs, 0) + map.takenAtMs;
  const ageMs = (atMs: number): number => Math.max(nowMs - atMs, 0);
  const ago = (atMs: number): string => words.elapsed(Math.floor(ageMs(atMs) / 1_000));
  const scene = mapScene(map, {
    condition: (node) => power.condition(node),
    isSilent: (sinceMs) => sinceMs !== null && nowMs - sinceMs >= SILENCE_BELIEVED_MS,
  });
  const tiles = tilesOf(scene);
  const size = sizeFor(tiles.length);
  const { shown, tabStopId, onTile, onKeyDown } = useTiles(
    root,
    chosen,
    tiles.map(({ task }) => task.id),
  );
  useMotion(root, map);
  const shownTile = tiles.find(({ task }) => task.id === shown?.id);
  const parts = { texts, ago, ageMs, shownId: shown?.id ?? null, onTile, tabStopId, size };
  return (
    <MapContext.Provider value={parts}>
      <section class="lp-map" aria-label={texts.region} ref={root} data-size={size} onKeyDown={onKeyDown}>
        <div class="lp-map-inside">
          {lab.connection.value !== 'live' && <p class="lp-map-note">{texts.offline}</p>}
          {!lab.isReady.value && <p class="lp-map-note">{texts.paused}</p>}
          {scene.swarms.map((swarm) => (
            <SwarmPart key={swarm.id} swarm={swarm} isOnly={scene.swarms.length === 1} />
          ))}
          <Outside scene={scene} texts={texts} />
          <MapLegend phases={new Set(tiles.map(({ phase }) => phase))} />
          {shownTile && <TaskDetails tile={shownTile} />}
        </div>
      </section>
    </MapContext.Provider>
  );
}

/** Nodes in no swarm, and what to do about it. */
function Outside({ scene, texts }: { readonly scene: MapScene; readonly texts: MapTexts }) {
  const { outside, swarms } = scene;
  if (outside.length === 0) return null;
  const isAlone = outside.every(({ swarmState }) => swarmState === 'inactive');
  const advice = !isAlone ? texts.untold : swarms.length === 0 ? texts.begin(outside.length) : texts.join;
  return (
    <section class="lp-outside">
      <p class="lp-map-note">
        <RichText text={advice} />
      </p>
      <ul class="lp-places" aria-label={texts.outside} data-places={outside.length}>
        {outside.map((place) => (
          <NodeCard key={place.key} place={place} />
        ))}
      </ul>
    </section>
  );
}

/** Something on the map is told with since when. */
function hasSilence({ swarms, labNodes }: SwarmMap): boolean {
  return (
    swarms.some(({ staleSinceMs }) => staleSinceMs !== null) ||
    labNodes.some(({ silentSinceMs }) => silentSinceMs !== null)
  );
}

function tilesOf({ swarms }: MapScene): Tile[] {
  return swarms.flatMap(({ unplaced, places }) => [
    ...unplaced,
    ...places.flatMap(({ groups }) => groups.flatMap(({ tiles }) => tiles)),
  ]);
}

function sizeFor(count: number): TileSize {
  if (count > SINGLE_TILES) return 'summary';
  return count > LARGE_TILES ? 'small' : 'large';
}
