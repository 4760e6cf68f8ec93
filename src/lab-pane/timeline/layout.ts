import type { Span } from './picture.ts';
import type { Lane } from './task-lanes.ts';

/** Sizes of the chart in pixels. */
export const SIZES = {
  gutter: 74,
  right: 10,
  axis: 22,
  ribbon: 26,
  row: 15,
  laneGap: 7,
  capacity: 58,
  strip: 26,
} as const;

export interface Place {
  readonly lane: Lane;
  readonly top: number;
  readonly height: number;
}

/** Where each lane lies below the one before it, and how high all are together. */
export function placesOf(lanes: readonly Lane[]): { places: readonly Place[]; height: number } {
  let top = SIZES.laneGap / 2;
  const places = lanes.map((lane) => {
    const place = { lane, top, height: lane.rows * SIZES.row };
    top += place.height + SIZES.laneGap;
    return place;
  });
  return { places, height: Math.max(top - SIZES.laneGap / 2, SIZES.row) };
}

/** Time across, from the gutter to the right edge. */
export interface TimeScale extends Span {
  readonly width: number;
  x(atMs: number): number;
  timeAt(x: number): number;
}

export function timeScale({ fromMs, toMs }: Span, width: number): TimeScale {
  const space = Math.max(width - SIZES.gutter - SIZES.right, 40);
  const perMs = space / Math.max(toMs - fromMs, 1);
  const within = (atMs: number): number => Math.min(toMs, Math.max(fromMs, atMs));
  return {
    fromMs,
    toMs,
    width,
    x: (atMs) => round(SIZES.gutter + (within(atMs) - fromMs) * perMs),
    timeAt: (x) => within(fromMs + (x - SIZES.gutter) / perMs),
  };
}

export function round(px: number): number {
  return Math.round(px * 10) / 10;
}

const WIDE = /[\u1100-\u11ff\u3000-\u9fff\uac00-\ud7ff\uff00-\uffef]/;

/** Nearly how wide a text is at this size: good enough to tell whether it has room. */
export function textWidth(text: string, sizePx: number): number {
  return [...text].reduce((sum, char) => sum + (WIDE.test(char) ? 0.95 : 0.58), 0) * sizePx;
}
