import type { TerminalView } from '#contract/api.ts';
import { usePane } from '../pane-parts.ts';
import { Icon } from '../parts/icon.tsx';

/** At the terminal into which an instructor types. The bar over the pane says it to screen readers. */
export function TypingNote({ terminal }: { terminal: TerminalView }) {
  const { deck, texts } = usePane();
  const name = deck.terminal(terminal.id).typing.value;
  if (name === null) return null;
  return (
    <p class="lp-typing" aria-hidden="true">
      <Icon name="keyboard" />
      {texts.watch.typing(name)}
    </p>
  );
}
