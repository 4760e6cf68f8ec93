import { usePane } from '../pane-parts.ts';
import { FONT_SIZE_PX } from '../view-memory.ts';
import { Menu, MenuButton } from './menu.tsx';

/** What is needed now and then. */
export function MoreMenu() {
  const { lab, deck, settings, dialog, texts } = usePane();
  const { tools } = texts;
  const state = lab.state.value;
  const tab = deck.active.value;
  const px = settings.fontSizePx.value;
  return (
    <Menu label={tools.more}>
      {(close) => (
        <>
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
        </>
      )}
    </Menu>
  );
}
