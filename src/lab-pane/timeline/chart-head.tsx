import type { PartProps } from './chart.tsx';
import { CursorLine, MarkLines } from './chart-lines.tsx';
import { SIZES, textWidth } from './layout.ts';
import type { Phase, PhaseSpan } from './picture.ts';
import { ticks } from './time-scale.ts';

interface HeadProps extends PartProps {
  readonly nowMs: number;
  readonly monitorEndsAtMs: number | null;
}

/** For a state that lasted too short for its name. */
const SIGNS: Readonly<Record<Phase, string>> = {
  updating: '→',
  monitor: '…',
  'rolling-back': '↩',
  completed: '✓',
  paused: '‖',
  'rolled-back': '↩ ✓',
  'rollback-paused': '↩ ‖',
};

const TICK_PX = 64;
const LABEL_PX = 11.5;

/** The axis, and below it the ribbon of update states. */
export function Head({ picture, scale, zeroMs, texts, cursorX, nowMs, monitorEndsAtMs }: HeadProps) {
  const height = SIZES.axis + SIZES.ribbon;
  const steps = ticks(picture, zeroMs, Math.floor((scale.width - SIZES.gutter) / TICK_PX));
  return (
    <svg class="lp-tl-head" width={scale.width} height={height} aria-hidden="true">
      {steps.map(({ atMs, seconds }) => (
        <g key={seconds} class="lp-tl-tick">
          <line x1={scale.x(atMs)} x2={scale.x(atMs)} y1={SIZES.axis - 5} y2={height} />
          <text x={scale.x(atMs)} y={SIZES.axis - 8}>
            {tickWords(seconds, texts)}
          </text>
        </g>
      ))}
      <text class="lp-tl-row" x={0} y={SIZES.axis + 17}>
        {texts.rows.update}
      </text>
      {picture.phases.map((span) => (
        <PhaseBar
          key={`${span.phase}-${span.fromMs}`}
          span={span}
          labels={[texts.phases[span.phase], SIGNS[span.phase]]}
          scale={scale}
        />
      ))}
      {monitorEndsAtMs !== null && monitorEndsAtMs > nowMs && (
        <PhaseBar
          span={{ phase: 'monitor', fromMs: nowMs, toMs: monitorEndsAtMs }}
          labels={countdown(Math.ceil((monitorEndsAtMs - nowMs) / 1_000), texts)}
          scale={scale}
          isComing
        />
      )}
      <MarkLines
        picture={picture}
        scale={scale}
        top={SIZES.axis - 4}
        bottom={height}
        zeroMs={zeroMs}
        hasHeads
      />
      <CursorLine x={cursorX} height={height} hasHead />
    </svg>
  );
}

interface PhaseBarProps {
  readonly span: PhaseSpan;
  /** The first that has room is written. */
  readonly labels: readonly string[];
  readonly scale: PartProps['scale'];
  readonly isComing?: boolean;
}

function PhaseBar({ span, labels, scale, isComing = false }: PhaseBarProps) {
  const from = scale.x(span.fromMs);
  const width = Math.max(scale.x(span.toMs) - from - 1, 1);
  const label = labels.find((one) => textWidth(one, LABEL_PX) + 10 <= width);
  return (
    <g
      class="lp-tl-phase"
      data-phase={span.phase}
      data-from={Math.round(span.fromMs)}
      data-to={Math.round(span.toMs)}
      data-coming={isComing ? '' : undefined}
    >
      <rect x={from} y={SIZES.axis + 2} width={width} height={SIZES.ribbon - 6} rx={3} />
      {label !== undefined && (
        <text x={from + 6} y={SIZES.axis + 16.5}>
          {label}
        </text>
      )}
    </g>
  );
}

function countdown(seconds: number, texts: PartProps['texts']): readonly string[] {
  const left = texts.secondsLeft(seconds);
  return [`${texts.phases.monitor} · ${left}`, left];
}

function tickWords(seconds: number, texts: PartProps['texts']): string {
  if (Math.abs(seconds) < 60) return texts.seconds(String(seconds));
  return texts.minutes(Math.trunc(seconds / 60), Math.abs(seconds % 60));
}
