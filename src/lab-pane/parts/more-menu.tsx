import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { usePane } from '../pane-parts.ts';
import { FONT_SIZE_PX } from '../view-memory.ts';
import { ToolButton } from './tool-button.tsx';

/** What is needed now and then. A plain disclosure, not an ARIA menu: every entry is an ordinary button. */
export function MoreMenu() {
  const { lab, deck, settings, dialog, texts } = usePane();
  const { tools } = texts;
  const open = useSignal(false);
  const box = useRef<HTMLDivElement>(null);
  const close = () => {
    open.value = false;
  };

  // Left by Escape (with the focus back on its button), by a press elsewhere, and by tabbing out.
  useEffect(() => {
    if (!open.value) return;
    const closed = new AbortController();
    const isOutside = ({ target }: Event) => target instanceof Node && !box.current?.contains(target);
    const leave = (event: Event) => {
      if (isOutside(event)) close();
    };
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== 'Escape') return;
      close();
      box.current?.querySelector('button')?.focus();
    };
    document.addEventListener('pointerdown', leave, closed);
    document.addEventListener('focusin', leave, closed);
    document.addEventListener('keydown', onKey, closed);
    return () => closed.abort();
  }, [open.value]);

  const state = lab.state.value;
  const tab = deck.active.value;
  const px = settings.fontSizePx.value;
  return (
    <div class="lp-more" ref={box}>
      <ToolButton
        icon="more"
        label={tools.more}
        expanded={open.value}
        onClick={() => {
          open.value = !open.value;
        }}
      />
      {open.value && (
        <div class="lp-menu">
          <div class="lp-menu-row">
            <span>{tools.fontSize(px)}</span>
            <button
              type="button"
              aria-label={tools.smaller}
              title={tools.smaller}
              disabled={px <= FONT_SIZE_PX.min}
              onClick={() => settings.changeFontSize(-1)}
            >
              A−
            </button>
            <button
              type="button"
              aria-label={tools.larger}
              title={tools.larger}
              disabled={px >= FONT_SIZE_PX.max}
              onClick={() => settings.changeFontSize(1)}
            >
              A+
            </button>
          </div>
          <label class="lp-menu-row">
            <span>{tools.screenReader}</span>
            <input
              type="checkbox"
              checked={settings.screenReader.value}
              onChange={(event) => {
                settings.screenReader.value = event.currentTarget.checked;
              }}
            />
          </label>
          <MenuButton label={tools.help} onClick={() => (dialog.value = { kind: 'help' })} close={close} />
          {tab?.kind === 'terminal' && (
            <MenuButton
              label={tools.closeTerminal}
              onClick={() => deck.askToClose(tab.terminal)}
              close={close}
            />
          )}
          {state !== null && state !== 'closed' && (
            <MenuButton
              label={tools.close}
              onClick={() => (dialog.value = { kind: 'close' })}
              close={close}
            />
          )}
        </div>
      )}
    </div>
  );
}

function MenuButton(props: { label: string; onClick: () => void; close: () => void }) {
  return (
    <button
      type="button"
      class="lp-menu-row"
      onClick={() => {
        props.close();
        props.onClick();
      }}
    >
      {props.label}
    </button>
  );
}
