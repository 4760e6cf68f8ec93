import { useEffect, useRef, useState } from 'preact/hooks';
import { Capacity } from './chart-capacity.tsx';
import { Head } from './chart-head.tsx';
import { Lanes } from './chart-lanes.tsx';
import { Visits } from './chart-visits.tsx';
import { timeScale } from './layout.ts';
import { momentWords } from './moment-words.ts';
import { momentAt, type Picture } from './picture.ts';
import type { TimelineTexts } from './texts.ts';

export interface ChartProps {
  readonly picture: Picture;
  /** What is counted from: the rollout's start. */
  readonly zeroMs: number;
  /** When all that is known was known; later is drawn as open. */
  readonly nowMs: number;
  /** End of the monitor time that runs, where it is known. */
  readonly monitorEndsAtMs: number | null;
  readonly cursorMs: number | null;
  readonly onCursor: (atMs: number) => void;
  readonly service: string;
  readonly texts: TimelineTexts;
}

const STEP_PARTS = 100;

/** One service over time. A slider for the keyboard and for screen readers, a drawing for everybody else. */
export function Chart(props: ChartProps) {
  const { picture, zeroMs, cursorMs, onCursor, texts, nowMs } = props;
  const frame = useRef<HTMLDivElement>(null);
  const width = useWidth(frame);
  const scale = timeScale(picture, width);
  const atMs = cursorMs ?? Math.min(nowMs, picture.toMs);
  const moveTo = (event: PointerEvent): void => {
    const left = frame.current?.getBoundingClientRect().left ?? 0;
    onCursor(Math.min(scale.timeAt(event.clientX - left), nowMs));
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = (picture.toMs - picture.fromMs) / STEP_PARTS;
    const target = {
      ArrowRight: atMs + step,
      ArrowUp: atMs + step,
      ArrowLeft: atMs - step,
      ArrowDown: atMs - step,
      PageUp: atMs + 10 * step,
      PageDown: atMs - 10 * step,
      Home: picture.fromMs,
      End: picture.toMs,
    }[event.key];
    if (target === undefined) return;
    event.preventDefault();
    onCursor(Math.min(Math.max(target, picture.fromMs), picture.toMs, Math.max(nowMs, picture.fromMs)));
  };
  const parts = { picture, scale, zeroMs, texts, cursorX: cursorMs === null ? null : scale.x(cursorMs) };
  return (
    <div
      class="lp-tl-chart"
      ref={frame}
      role="slider"
      tabIndex={0}
      aria-label={`${texts.chart(props.service)}. ${texts.scrub}`}
      aria-valuemin={0}
      aria-valuemax={Math.round(picture.toMs - picture.fromMs)}
      aria-valuenow={Math.round(atMs - picture.fromMs)}
      aria-valuetext={momentWords(momentAt(picture, atMs), zeroMs, texts)}
      onKeyDown={onKeyDown}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        moveTo(event);
      }}
      onPointerMove={(event) => {
        if (event.currentTarget.hasPointerCapture(event.pointerId)) moveTo(event);
      }}
    >
      <Head {...parts} nowMs={nowMs} monitorEndsAtMs={props.monitorEndsAtMs} />
      <div class="lp-tl-lanes">
        <Lanes {...parts} nowMs={nowMs} />
      </div>
      <Capacity {...parts} nowMs={nowMs} />
      <Visits {...parts} />
    </div>
  );
}

/** What every part of the drawing works with. */
export interface PartProps {
  readonly picture: Picture;
  readonly scale: ReturnType<typeof timeScale>;
  readonly zeroMs: number;
  readonly texts: TimelineTexts;
  readonly cursorX: number | null;
}

const WIDTH_AT_FIRST = 600;

function useWidth(frame: { readonly current: HTMLElement | null }): number {
  const [width, setWidth] = useState(WIDTH_AT_FIRST);
  useEffect(() => {
    const element = frame.current;
    if (element === null) return;
    const observer = new ResizeObserver(() => setWidth(Math.floor(element.clientWidth)));
    observer.observe(element);
    setWidth(Math.floor(element.clientWidth));
    return () => observer.disconnect();
  }, [frame]);
  return width;
}
