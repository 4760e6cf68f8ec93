import { useSignal } from '@preact/signals';
import { useMemo, useRef } from 'preact/hooks';
import type { HistoryEntry, ServiceRef } from '#contract/swarm-history.ts';
import { useLabView } from '../lab-view-parts.ts';
import { versionOf } from '../map/image-version.ts';
import { RichText } from '../rich-text.tsx';
import { Chart } from './chart.tsx';
import { clock } from './clock-words.ts';
import { Compare } from './compare.tsx';
import { foreign, shortName } from './foreign-text.ts';
import { frameOf } from './frame-of.ts';
import { Legend } from './legend.tsx';
import { logLines } from './log-lines.ts';
import { LogAnnouncer, LogView, logText } from './log-view.tsx';
import { momentAt } from './picture.ts';
import { Readout } from './readout.tsx';
import type { Choice } from './rollout-choice.ts';
import { SaveMenu } from './save-menu.tsx';
import type { TimelineTexts } from './texts.ts';
import type { TimelineState } from './timeline-state.ts';
import { Toolbar } from './toolbar.tsx';

interface RolloutViewProps {
  readonly state: TimelineState;
  readonly service: ServiceRef;
  readonly texts: TimelineTexts;
}

/** Moments of a log around a rollout that belong to it. */
const AROUND_MS = 3_000;

/** One service: its rollouts, the chosen one as a picture or as text, or two of them. */
export function RolloutView({ state, service, texts }: RolloutViewProps) {
  const { language } = useLabView();
  const said = useSignal('');
  const part = useRef<HTMLDivElement>(null);
  const choice = state.choice.value;
  const entries = state.entriesOf(choice);
  const { list, heardAtMs } = state.waits.value;
  const wait = list.find((one) => one.service === service.name) ?? null;
  const known = typeof entries === 'string' ? NOTHING : entries;
  const serviceId = choice.kind === 'recent' ? service.id : choice.rollout.service.id;
  const nowMs = clockOf(choice, state);
  const frame = useMemo(
    () => frameOf({ choice, serviceId, entries: known, nowMs, wait, heardAtMs }),
    [choice, serviceId, known, nowMs, wait, heardAtMs],
  );
  const all = useMemo(() => logLines(known, serviceId, texts), [known, serviceId, texts]);
  const { zeroMs } = frame;
  const isLast =
    choice.kind === 'own' &&
    choice.rollout === state.story.value.rollouts.findLast(({ service: one }) => one.id === serviceId);
  const fromMs = choice.kind === 'recent' ? 0 : zeroMs - AROUND_MS;
  const untilMs =
    choice.kind === 'recent' || isLast
      ? Number.POSITIVE_INFINITY
      : (choice.rollout.endedAtMs ?? Number.POSITIVE_INFINITY) + AROUND_MS;
  const lines = useMemo(
    () => all.filter(({ atMs }) => atMs >= fromMs && atMs <= untilMs),
    [all, fromMs, untilMs],
  );
  const logZeroMs = choice.kind === 'recent' ? (lines[0]?.atMs ?? zeroMs) : zeroMs;
  const nameOf = (one: Choice): string => choiceName(one, texts, language);
  const other = state.other.value;
  const isComparing =
    state.isComparing.value && choice.kind !== 'recent' && other !== null && other.kind !== 'recent';
  const cursorMs = state.cursorMs.value;
  const onCursor = (atMs: number): void => {
    // A picture that goes on would slide away under the moment that is looked at.
    if (choice.kind === 'own') state.choiceKey.value = choice.key;
    state.cursorMs.value = atMs;
  };
  return (
    <>
      <Toolbar state={state} service={service} texts={texts} nameOf={nameOf}>
        <SaveMenu
          texts={texts}
          part={() => (state.isText.value ? null : part.current)}
          words={{
            title: texts.chart(shortName(service.name)),
            subtitle: isComparing ? `1: ${nameOf(choice)}  2: ${nameOf(other)}` : nameOf(choice),
          }}
          fileName={fileName(service.name, choice)}
          log={() => logText(lines, logZeroMs)}
          onSaid={(text) => {
            said.value = text;
          }}
        />
      </Toolbar>
      <p class={said.value ? 'lp-tl-said' : 'lp-hidden'} role="status">
        {said.value}
      </p>
      <LogAnnouncer lines={all} texts={texts} key={serviceId} />
      <div class="lp-tl-body" ref={part}>
        {entries === 'loading' && <p class="lp-quiet">{texts.comparison.loading}</p>}
        {entries === 'lost' && <p>{texts.comparison.lost}</p>}
        {typeof entries !== 'string' && state.isText.value && (
          <LogView
            lines={lines}
            zeroMs={logZeroMs}
            texts={texts}
            onMoment={(atMs) => state.showMoment(atMs)}
          />
        )}
        {typeof entries !== 'string' && !state.isText.value && !isComparing && (
          <>
            {choice.kind === 'recent' && state.choices.value.length === 1 && (
              <p class="lp-quiet">
                <RichText text={texts.recentHint} />
              </p>
            )}
            <Chart
              {...frame}
              cursorMs={cursorMs}
              onCursor={onCursor}
              service={shortName(service.name)}
              texts={texts}
            />
            <Readout
              moment={momentAt(frame.picture, cursorMs ?? Math.min(frame.nowMs, frame.picture.toMs))}
              zeroMs={zeroMs}
              isLive={cursorMs === null}
              texts={texts}
            />
            <Legend picture={frame.picture} texts={texts} />
          </>
        )}
        {typeof entries !== 'string' && !state.isText.value && isComparing && (
          <Compare
            state={state}
            first={choice}
            second={other}
            service={shortName(service.name)}
            nameOf={nameOf}
            texts={texts}
          />
        )}
      </div>
    </>
  );
}

const NOTHING: readonly HistoryEntry[] = [];

/** Time goes on for what is under way. A picture that is complete is drawn once. */
function clockOf(choice: Choice, state: TimelineState): number {
  if (choice.kind === 'recent' || choice.rollout.endedAtMs === null) return state.nowMs.value;
  const { startedAtMs, endedAtMs } = choice.rollout;
  const completeAtMs = endedAtMs + Math.max(10_000, (endedAtMs - startedAtMs) / 2);
  return Date.now() > completeAtMs ? completeAtMs : state.nowMs.value;
}

function choiceName(choice: Choice, texts: TimelineTexts, language: string): string {
  if (choice.kind === 'recent') return texts.recent;
  const { fromImage, toImage, outcome, startedAtMs } = choice.rollout;
  const tag = (image: string): string => foreign(versionOf(image).tag, 20);
  const from = fromImage === null ? '–' : tag(fromImage);
  return texts.option(from, tag(toImage), texts.outcomes[outcome], clock(startedAtMs, language));
}

function fileName(service: string, choice: Choice): string {
  const versions =
    choice.kind === 'recent'
      ? 'recent'
      : [choice.rollout.fromImage ?? '', choice.rollout.toImage]
          .map((image) => versionOf(image).tag)
          .join('-');
  return `${service}-${versions}`.replace(/[^A-Za-z0-9._-]+/g, '-').slice(0, 80);
}
