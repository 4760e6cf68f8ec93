import type { LabSessionState } from '#contract/api.ts';
import { usePane } from '../pane-parts.ts';
import { FONT_SIZE_PX } from '../view-memory.ts';
import { Menu, MenuButton } from './menu.tsx';

/** Whether there is a lab that a fresh one can take the place of. */
export function canReset(state: LabSessionState['state'] | null): boolean {
  return state === 'ready' || state === 'paused' || state === 'resuming' || state === 'failed';
}

/** What is needed now and then. */
export function MoreMenu() {
  const { lab, deck, settings, dialog, finding, texts } = usePane();
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
          {tab?.kind === 'terminal' && (
            <MenuButton
              class="lp-menu-narrow"
              label={tools.search}
              onClick={() => (finding.value = true)}
              close={close}
            />
          )}
          {canReset(state) && (
            <MenuButton
              class="lp-menu-narrow"
              label={tools.reset}
              disabled={lab.work.value !== null}
              onClick={() => (dialog.value = { kind: 'reset' })}
              close={close}
            />
          )}
          <MenuButton label={tools.help} onClick={() => (dialog.value = { kind: 'help' })} close={close} />
          {tab?.kind === 'terminal' && (
            <MenuButton
              label={tools.closeTerminal}
              onClick={() => deck.askToClose(tab.terminal)}
              close={close}
            />
          )}
          {state !== null && state !== 'closed' && !lab.isWaiting.value && (
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
