import { useEffect, useRef } from 'preact/hooks';
import type { TerminalView } from '#contract/api.ts';
import { usePane } from '../pane-parts.ts';
import { TypingNote } from '../watch/typing-note.tsx';
import { PoweredOff } from './powered-off.tsx';

export function TerminalPanel({ terminal, shown }: { terminal: TerminalView; shown: boolean }) {
  const { lab, deck } = usePane();
  const screen = useRef<HTMLDivElement>(null);
  // After a rest the page lost its connections; being live again is the sign to make them anew.
  const connection = lab.connection.value;

  useEffect(() => {
    if (shown && screen.current) void deck.show(terminal.id, screen.current);
  }, [deck, terminal.id, shown, connection]);

  return (
    <div
      class="lp-terminal"
      role="tabpanel"
      id={`lp-panel-${terminal.id}`}
      aria-labelledby={`lp-tab-${terminal.id}`}
      hidden={!shown}
    >
      <div class="lp-screen" ref={screen} />
      <TypingNote terminal={terminal} />
      <EndNote terminal={terminal} />
      <PoweredOff node={terminal.node} />
    </div>
  );
}

/** Under a terminal that has come to its end: why, and a new one in its place. */
function EndNote({ terminal }: { terminal: TerminalView }) {
  const { deck, power, texts } = usePane();
  const words = texts.terminal;
  const { status, detail, exitCode } = deck.terminal(terminal.id);
  if (deck.loadFailed.value || detail.value === 'LOAD_FAILED') {
    return <p class="lp-terminal-note">{words.loadFailed}</p>;
  }
  if (status.value !== 'ended' && status.value !== 'gone') return null;
  if (power.isOff(terminal.node)) return null;
  return (
    <div class="lp-terminal-note" role="status">
      <p>{status.value === 'ended' ? words.endedBody(exitCode.value) : words.goneBody}</p>
      <button
        type="button"
        class="lp-button lp-on-dark"
        onClick={() => {
          deck.focusNext();
          void deck.close(terminal.id).then(() => deck.open(terminal.node));
        }}
      >
        {words.open(terminal.node)}
      </button>
      <button type="button" class="lp-button lp-on-dark" onClick={() => void deck.close(terminal.id)}>
        {texts.tools.closeTerminal}
      </button>
    </div>
  );
}

/** The place of a node without terminals. */
export function NoTerminal({ node }: { node: string }) {
  const { deck, texts } = usePane();
  const words = texts.terminal;
  return (
    <div class="lp-terminal lp-no-terminal">
      {deck.opening.value.has(node) ? (
        <p>{words.opening}</p>
      ) : (
        <>
          <p>{words.none}</p>
          <button
            type="button"
            class="lp-button lp-on-dark"
            disabled={!deck.canOpen(node)}
            onClick={() => {
              deck.focusNext();
              void deck.open(node);
            }}
          >
            {words.open(node)}
          </button>
        </>
      )}
    </div>
  );
}
