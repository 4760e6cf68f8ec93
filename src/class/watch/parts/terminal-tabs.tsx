import { useSignal } from '@preact/signals';
import { useEffect, useMemo, useRef } from 'preact/hooks';
import type { TerminalView } from '#contract/api.ts';
import { Icon } from '../../../lab-pane/parts/icon.tsx';
import { useSight } from '../sight-context.ts';
import { WatchedTerminals } from '../watched-terminals.ts';

/** The learner's terminals as tabs: arrows, Home and End move. */
export function TerminalTabs() {
  const { sight, ticketPath, hasKeyboard, language, texts } = useSight();
  const deck = useMemo(() => new WatchedTerminals(ticketPath, language), [ticketPath, language]);
  const terminals = sight.model.value.session?.terminals ?? [];
  const chosen = useSignal<string | null>(null);
  const list = useRef<HTMLDivElement>(null);
  const front = terminals.find(({ id }) => id === chosen.value) ?? terminals[0];
  const ids = terminals.map(({ id }) => id);
  useEffect(() => deck.keepOnly(ids), [deck, ids.join()]);
  useEffect(() => () => deck.keepOnly([]), [deck]);

  const onKeyDown = (event: KeyboardEvent): void => {
    const at = front === undefined ? -1 : terminals.indexOf(front);
    const last = terminals.length - 1;
    const steps = {
      ArrowRight: at === last ? 0 : at + 1,
      ArrowLeft: at <= 0 ? last : at - 1,
      Home: 0,
      End: last,
    };
    const to = terminals[steps[event.key as keyof typeof steps] ?? -1];
    if (to === undefined) return;
    event.preventDefault();
    chosen.value = to.id;
    list.current?.querySelector<HTMLElement>(`#wt-tab-${to.id}`)?.focus();
  };

  return (
    <section class="wt-terminals" aria-label={texts.terminals}>
      <div class="wt-bar">
        <div class="wt-tabs" role="tablist" aria-label={texts.terminals} ref={list} onKeyDown={onKeyDown}>
          {terminals.map((terminal) => (
            <button
              key={terminal.id}
              type="button"
              role="tab"
              id={`wt-tab-${terminal.id}`}
              aria-controls={`wt-panel-${terminal.id}`}
              aria-selected={terminal === front}
              tabIndex={terminal === front ? 0 : -1}
              onClick={() => {
                chosen.value = terminal.id;
              }}
            >
              {texts.tab(terminal.node, terminal.number)}
            </button>
          ))}
        </div>
        <span class="wt-mode" data-mine={hasKeyboard.value}>
          <Icon name={hasKeyboard.value ? 'keyboard' : 'eye'} />
          {!hasKeyboard.value && texts.keyboard.readOnly}
        </span>
      </div>
      <div class="wt-stage">
        {terminals.length === 0 && <p class="wt-none">{texts.noTerminals}</p>}
        {deck.loadFailed.value && <p class="wt-none">{texts.loadFailed}</p>}
        {terminals.map((terminal) => (
          <Panel key={terminal.id} terminal={terminal} isShown={terminal === front} deck={deck} />
        ))}
      </div>
    </section>
  );
}

interface PanelProps {
  readonly terminal: TerminalView;
  readonly isShown: boolean;
  readonly deck: WatchedTerminals;
}

function Panel({ terminal, isShown, deck }: PanelProps) {
  const { texts, paneTexts, ...parts } = useSight();
  const screen = useRef<HTMLDivElement>(null);
  const { status, typing } = deck.of(terminal.id);
  const hasKeyboard = parts.hasKeyboard.value;
  useEffect(() => {
    if (isShown && screen.current) void deck.show(terminal.id, screen.current);
  }, [deck, terminal.id, isShown]);
  useEffect(() => {
    if (isShown && hasKeyboard) deck.of(terminal.id).handle?.focus();
  }, [deck, terminal.id, isShown, hasKeyboard]);
  const isOver = status.value === 'ended' || status.value === 'gone';
  return (
    <div
      class="wt-terminal"
      role="tabpanel"
      id={`wt-panel-${terminal.id}`}
      aria-labelledby={`wt-tab-${terminal.id}`}
      hidden={!isShown}
    >
      <div class="wt-screen" ref={screen} />
      {isOver && <p class="wt-note">{texts.terminalEnded}</p>}
      {hasKeyboard && <p class="lp-typing">{texts.keyboard.mine}</p>}
      {!hasKeyboard && typing.value !== null && (
        <p class="lp-typing" aria-hidden="true">
          <Icon name="keyboard" />
          {paneTexts.watch.typing(typing.value)}
        </p>
      )}
    </div>
  );
}
