import { useSignal } from '@preact/signals';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { usePane } from '../pane-parts.ts';
import { ToolButton } from './tool-button.tsx';

export function FindBar() {
  const { deck, finding, texts } = usePane();
  const words = texts.search;
  const query = useSignal('');
  const missing = useSignal(false);
  const input = useRef<HTMLInputElement>(null);
  // Before the next key can arrive: it would go to the button that opened the bar.
  useLayoutEffect(() => input.current?.focus(), []);

  const find = async (back: boolean) => {
    if (query.value === '') return;
    missing.value = !(await deck.search(query.value, back));
  };
  const close = () => {
    finding.value = false;
    void deck.search('', false);
    deck.focus();
  };
  return (
    <search
      class="lp-find"
      onKeyDown={(event) => {
        if (event.isComposing) return;
        if (event.key === 'Escape') close();
        if (event.key === 'Enter' && event.target === input.current) void find(!event.shiftKey);
      }}
    >
      <input
        ref={input}
        type="text"
        aria-label={words.label}
        placeholder={words.label}
        spellcheck={false}
        autocomplete="off"
        value={query.value}
        onInput={(event) => {
          query.value = event.currentTarget.value;
          missing.value = false;
        }}
      />
      <span class="lp-find-none" role="status">
        {missing.value ? words.none : ''}
      </span>
      <ToolButton icon="up" label={words.previous} onClick={() => void find(true)} />
      <ToolButton icon="down" label={words.next} onClick={() => void find(false)} />
      <ToolButton icon="close" label={words.close} onClick={close} />
    </search>
  );
}
