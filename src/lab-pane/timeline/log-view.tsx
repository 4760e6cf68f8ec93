import { useSignal } from '@preact/signals';
import { useEffect, useMemo, useRef } from 'preact/hooks';
import { copyText } from '../copy-text.ts';
import { Icon } from '../parts/icon.tsx';
import { RateLimited } from '../rate-limited.ts';
import { offset } from './clock-words.ts';
import type { LogLine } from './log-lines.ts';
import type { TimelineTexts } from './texts.ts';

interface LogViewProps {
  readonly lines: readonly LogLine[];
  readonly zeroMs: number;
  readonly texts: TimelineTexts;
  readonly onMoment: (atMs: number) => void;
}

/** Longer logs are there to be saved. */
const MOST_SHOWN = 600;

export function LogView({ lines, zeroMs, texts, onMoment }: LogViewProps) {
  const list = useRef<HTMLDivElement>(null);
  const said = useSignal('');
  const follows = useRef(true);
  const shown = lines.slice(-MOST_SHOWN);
  useEffect(() => {
    const element = list.current;
    if (element !== null && follows.current) element.scrollTop = element.scrollHeight;
  }, [lines]);
  const copy = async (): Promise<void> => {
    said.value = (await copyText(logText(lines, zeroMs))) ? texts.log.copied : texts.log.copyFailed;
  };
  return (
    <div class="lp-tl-log">
      <div class="lp-tl-log-head">
        <button type="button" class="lp-button" onClick={() => void copy()}>
          <Icon name="copy" />
          {texts.log.copy}
        </button>
        <span role="status">{said.value}</span>
      </div>
      <div
        ref={list}
        role="log"
        aria-live="off"
        aria-label={texts.log.title}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard
        tabIndex={0}
        onScroll={({ currentTarget: { scrollTop, scrollHeight, clientHeight } }) => {
          follows.current = scrollHeight - scrollTop - clientHeight < 24;
        }}
      >
        <ol>
          {shown.map((line, index) => (
            <li key={`${line.seq}-${index}`} data-tone={line.tone}>
              <button type="button" onClick={() => onMoment(line.atMs)} class="lp-tl-time">
                {offset(line.atMs - zeroMs)}
              </button>
              <span>{line.text}</span>
            </li>
          ))}
        </ol>
      </div>
    </div>
  );
}

/** As it is copied and saved: a time and a sentence a line. */
export function logText(lines: readonly LogLine[], zeroMs: number): string {
  const width = Math.max(0, ...lines.map(({ atMs }) => offset(atMs - zeroMs).length));
  return lines.map(({ atMs, text }) => `${offset(atMs - zeroMs).padStart(width)}  ${text}\n`).join('');
}

const ANNOUNCE_EVERY_MS = 5_000;
const SAID_AT_ONCE = 3;

/** What is new, a few lines at a time and never faster than it can be heard. */
export function LogAnnouncer({ lines, texts }: Pick<LogViewProps, 'lines' | 'texts'>) {
  const said = useSignal('');
  const heardSeq = useRef<number | null>(null);
  const limited = useMemo(
    () =>
      new RateLimited<readonly LogLine[]>(ANNOUNCE_EVERY_MS, (now) => {
        const before = heardSeq.current;
        heardSeq.current = Math.max(before ?? 0, ...now.slice(-MOST_SHOWN).map(({ seq }) => seq));
        // What was there when the page came is there to be read.
        if (before === null) return;
        const news = now.filter(({ seq }) => seq > before);
        if (news.length === 0) return;
        const last = news.slice(-SAID_AT_ONCE).map(({ text }) => text);
        const more = news.length - last.length;
        said.value = [...last, ...(more > 0 ? [texts.log.more(more)] : [])].join('. ');
      }),
    [said, texts],
  );
  useEffect(() => limited.push(lines), [limited, lines]);
  useEffect(() => () => limited.stop(), [limited]);
  return (
    <p class="lp-hidden" aria-live="polite">
      {said.value}
    </p>
  );
}
