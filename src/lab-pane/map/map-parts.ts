import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { Tile } from './map-scene.ts';
import type { MapTexts } from './texts.ts';

/** What the parts of the map share. */
export interface MapParts {
  readonly texts: MapTexts;
  /** How long ago a moment of the lab's clock was, in words. */
  readonly ago: (atMs: number) => string;
  /** The same in milliseconds. */
  readonly ageMs: (atMs: number) => number;
  /** The task whose details are shown. */
  readonly shownId: string | null;
  readonly onTile: (tile: Tile, how: 'look' | 'leave' | 'choose', element: HTMLElement) => void;
  /** The one tile that the Tab key stops at. */
  readonly tabStopId: string | null;
  readonly size: TileSize;
}

/** `summary`: too many to be drawn one by one. */
export type TileSize = 'large' | 'small' | 'summary';

export const MapContext = createContext<MapParts | null>(null);

export function useMap(): MapParts {
  const parts = useContext(MapContext);
  if (!parts) throw new Error('a part of the map is used outside of it');
  return parts;
}
