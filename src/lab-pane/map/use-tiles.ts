import { type Signal, useSignal } from '@preact/signals';
import type { RefObject } from 'preact';
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import type { MapParts } from './map-parts.ts';

const STEPS: Readonly<Record<string, (index: number, last: number) => number>> = {
  ArrowRight: (index) => index + 1,
  ArrowDown: (index) => index + 1,
  ArrowLeft: (index) => index - 1,
  ArrowUp: (index) => index - 1,
  Home: () => 0,
  End: (_index, last) => last,
};

export interface ShownTile {
  readonly id: string;
  /** Chosen by a press: it stays when the pointer goes. */
  readonly isKept: boolean;
}

/** Which tile's details are shown, and the way through the tiles by keyboard: one stop for Tab, arrows from there. */
export function useTiles(
  root: RefObject<HTMLElement | null>,
  shown: Signal<ShownTile | null>,
  ids: readonly string[],
) {
  const stop = useSignal<string | null>(null);
  const focusedAt = useRef<number | null>(null);

  const onTile: MapParts['onTile'] = ({ task: { id } }, how, element) => {
    const current = shown.value;
    const hasFocus = isFocused(element);
    if (how === 'look') {
      if (hasFocus) stop.value = id;
      if (hasFocus || !current?.isKept) shown.value = { id, isKept: false };
    } else if (how === 'choose') {
      stop.value = id;
      shown.value = current?.id === id && current.isKept ? null : { id, isKept: true };
    } else if (current?.id === id && !(current.isKept && hasFocus)) shown.value = null;
  };

  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Escape' && shown.value !== null) {
      shown.value = null;
      event.stopPropagation();
      return;
    }
    const step = STEPS[event.key];
    const tiles = tilesIn(root);
    const index = tiles.findIndex(isFocused);
    if (step === undefined || index < 0) return;
    event.preventDefault();
    tiles[step(index, tiles.length - 1)]?.focus();
  };

  // A tile in focus may be that of a task which goes: the focus stays on the map.
  useLayoutEffect(() => {
    const tiles = tilesIn(root);
    const index = tiles.findIndex(isFocused);
    if (index >= 0) focusedAt.current = index;
    else if (focusedAt.current !== null && document.activeElement === document.body)
      tiles[Math.min(focusedAt.current, tiles.length - 1)]?.focus();
  });
  useEffect(() => {
    const onFocus = ({ target }: FocusEvent): void => {
      if (target instanceof Node && !root.current?.contains(target)) focusedAt.current = null;
    };
    const onPress = ({ target }: PointerEvent): void => {
      if (target instanceof Element && target.closest('.lp-tile, .lp-details')) return;
      shown.value = null;
      focusedAt.current = null;
    };
    document.addEventListener('focusin', onFocus);
    document.addEventListener('pointerdown', onPress);
    return () => {
      document.removeEventListener('focusin', onFocus);
      document.removeEventListener('pointerdown', onPress);
    };
  }, [root, shown]);

  const isThere = (id: string | null): id is string => id !== null && ids.includes(id);
  return {
    shown: isThere(shown.value?.id ?? null) ? shown.value : null,
    tabStopId: isThere(stop.value) ? stop.value : (ids[0] ?? null),
    onTile,
    onKeyDown,
  };
}

function tilesIn(root: RefObject<HTMLElement | null>): HTMLElement[] {
  return [...(root.current?.querySelectorAll<HTMLElement>('button.lp-tile') ?? [])];
}

function isFocused(element: HTMLElement): boolean {
  return element === document.activeElement;
}
