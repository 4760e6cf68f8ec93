import { Chart } from './chart.tsx';
import { timeWords } from './clock-words.ts';
import { type Frame, frameOf } from './frame-of.ts';
import { Legend } from './legend.tsx';
import { figuresOf } from './picture.ts';
import type { Choice } from './rollout-choice.ts';
import type { TimelineTexts } from './texts.ts';
import type { TimelineState } from './timeline-state.ts';

type RolloutChoice = Exclude<Choice, { kind: 'recent' }>;

interface CompareProps {
  readonly state: TimelineState;
  readonly first: RolloutChoice;
  readonly second: RolloutChoice;
  readonly service: string;
  readonly nameOf: (choice: Choice) => string;
  readonly texts: TimelineTexts;
}

/** Two rollouts, one above the other from the same start and at the same scale, and what they differ in. */
export function Compare({ state, first, second, service, nameOf, texts }: CompareProps) {
  const words = texts.comparison;
  const lastsMs = Math.max(...[first, second].map(({ rollout }) => durationOf(rollout, state.nowMs.value)));
  const frames = [first, second].map((choice) => {
    const entries = state.entriesOf(choice);
    if (typeof entries === 'string') return entries;
    const serviceId = choice.rollout.service.id;
    const nowMs = state.nowMs.value;
    return frameOf({ choice, serviceId, entries, nowMs, wait: null, heardAtMs: 0, leastMs: lastsMs });
  });
  const cursorMs = state.cursorMs.value;
  const offsetMs = cursorMs === null ? null : cursorMs - first.rollout.startedAtMs;
  return (
    <div class="lp-tl-compare">
      <p class="lp-quiet">{words.caption}</p>
      {[first, second].map((choice, index) => {
        const frame = frames[index];
        return (
          <section key={index} aria-label={index === 0 ? words.first : words.second}>
            <h3>
              <span class="lp-tl-number">{index + 1}</span> {nameOf(choice)}
            </h3>
            {frame === 'loading' && <p class="lp-quiet">{words.loading}</p>}
            {frame === 'lost' && <p>{words.lost}</p>}
            {typeof frame === 'object' && (
              <Chart
                {...frame}
                cursorMs={offsetMs === null ? null : frame.zeroMs + offsetMs}
                onCursor={(atMs) => {
                  state.cursorMs.value = atMs - frame.zeroMs + first.rollout.startedAtMs;
                }}
                service={service}
                texts={texts}
              />
            )}
          </section>
        );
      })}
      {frames.every((frame): frame is Frame => typeof frame === 'object') && (
        <>
          <Differences choices={[first, second]} frames={frames} texts={texts} />
          {frames[1] && <Legend picture={frames[1].picture} texts={texts} />}
        </>
      )}
    </div>
  );
}

interface DifferencesProps {
  readonly choices: readonly RolloutChoice[];
  readonly frames: readonly Frame[];
  readonly texts: TimelineTexts;
}

function Differences({ choices, frames, texts }: DifferencesProps) {
  const words = texts.comparison;
  const rows = choices.map((choice, index) => rowsOf(choice, frames[index], texts));
  const [first = [], second = []] = rows;
  return (
    <table>
      <thead>
        <tr>
          <td />
          <th scope="col">1</th>
          <th scope="col">2</th>
        </tr>
      </thead>
      <tbody>
        {first.map(([name, value], index) => {
          const other = second[index]?.[1] ?? words.unknown;
          return (
            <tr key={name} data-differs={value === other ? undefined : ''}>
              <th scope="row">{name}</th>
              <td>{value}</td>
              <td>{other}</td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

const DEFAULT_MONITOR_MS = 5_000;

function rowsOf(
  { rollout }: RolloutChoice,
  frame: Frame | undefined,
  texts: TimelineTexts,
): [string, string][] {
  const words = texts.comparison;
  if (frame === undefined) return [];
  const { startedAtMs, endedAtMs, updateConfig: update, rollbackConfig: rollback } = rollout;
  const figures = figuresOf(frame.picture, startedAtMs, endedAtMs);
  const time = (ns: number | null | undefined, byDefaultMs: number): string =>
    ns == null ? words.byDefault(timeWords(byDefaultMs, texts)) : timeWords(ns / 1e6, texts);
  return [
    [words.outcome, texts.outcomes[rollout.outcome]],
    [words.duration, timeWords(figures.durationMs, texts)],
    [words.lowest, figures.lowestCapacity === null ? words.unknown : String(figures.lowestCapacity)],
    [words.failedTasks, String(figures.failedTasks)],
    [
      words.failedRequests,
      figures.requests === 0 ? words.noRequests : words.ofRequests(figures.failedRequests, figures.requests),
    ],
    [words.parallelism, update === null ? words.byDefault('1') : String(update.parallelism)],
    [words.order, update?.order ?? words.byDefault('stop-first')],
    [words.monitor, time(update?.monitorNs, DEFAULT_MONITOR_MS)],
    [words.delay, update?.delayNs ? timeWords(update.delayNs / 1e6, texts) : words.unset],
    [words.onFailure, update?.failureAction ?? words.byDefault('pause')],
    [
      words.rollback,
      rollback === null
        ? words.unset
        : `${rollback.parallelism}, ${rollback.order ?? words.byDefault('stop-first')}`,
    ],
  ];
}

function durationOf(rollout: RolloutChoice['rollout'], nowMs: number): number {
  return (rollout.endedAtMs ?? nowMs) - rollout.startedAtMs;
}
