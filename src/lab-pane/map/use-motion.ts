import type { RefObject } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';

const MOVE_MS = 280;

interface Spot {
  readonly left: number;
  readonly top: number;
}

/** Lets tiles glide to where they are now, and new ones come in gently. Still for whoever wants no motion. */
export function useMotion(root: RefObject<HTMLElement | null>, drawn: unknown): void {
  const spots = useRef<ReadonlyMap<string, Spot> | null>(null);
  useLayoutEffect(() => {
    const before = spots.current;
    const tiles = [...(root.current?.querySelectorAll<HTMLElement>('.lp-tile[data-task]') ?? [])];
    // All are measured before the first one moves: each look after a change would lay out the page anew.
    const seen = tiles.map((tile) => ({
      tile,
      id: tile.dataset['task'] ?? '',
      spot: { left: tile.offsetLeft, top: tile.offsetTop },
    }));
    const isStill = matchMedia('(prefers-reduced-motion: reduce)').matches;
    for (const { tile, id, spot } of before === null || isStill ? [] : seen) {
      const earlier = before?.get(id);
      if (earlier === undefined) appear(tile);
      else if (earlier.left !== spot.left || earlier.top !== spot.top) glide(tile, earlier, spot);
    }
    spots.current = new Map(seen.map(({ id, spot }) => [id, spot]));
  }, [root, drawn]);
}

function appear(tile: HTMLElement): void {
  tile.animate([{ opacity: 0, scale: 0.85 }, {}], { duration: MOVE_MS, easing: 'ease-out' });
}

function glide(tile: HTMLElement, from: Spot, to: Spot): void {
  const translate = `${from.left - to.left}px ${from.top - to.top}px`;
  tile.animate([{ translate }, {}], { duration: MOVE_MS, easing: 'ease-in-out' });
}
