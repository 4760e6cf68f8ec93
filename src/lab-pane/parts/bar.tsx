import { usePane } from '../pane-parts.ts';
import { LabStatus } from './lab-status.tsx';
import { MoreMenu } from './more-menu.tsx';
import { TabStrip } from './tab-strip.tsx';
import { ToolButton } from './tool-button.tsx';

/** The top row: terminals as tabs once the lab runs, its state before that, and the tools. */
export function Bar() {
  const { lab, deck, settings, dialog, finding, texts } = usePane();
  const { tools } = texts;
  const state = lab.state.value;
  const hasTerminals = state === 'ready' || state === 'paused' || state === 'resuming';
  const canReset = hasTerminals || state === 'failed';
  return (
    <div class="lp-bar">
      {hasTerminals ? <TabStrip /> : <LabStatus />}
      <div class="lp-tools">
        {hasTerminals && (
          <ToolButton
            icon="search"
            class="lp-tool-search"
            label={tools.search}
            pressed={finding.value}
            disabled={deck.active.value?.kind !== 'terminal'}
            onClick={() => {
              finding.value = !finding.value;
            }}
          />
        )}
        {canReset && (
          <ToolButton
            icon="reset"
            class="lp-tool-reset"
            label={tools.reset}
            wordy
            disabled={lab.work.value !== null}
            onClick={() => {
              dialog.value = { kind: 'reset' };
            }}
          />
        )}
        <ToolButton
          icon={settings.wide.value ? 'narrow' : 'widen'}
          class="lp-tool-wide"
          label={settings.wide.value ? tools.narrow : tools.widen}
          pressed={settings.wide.value}
          onClick={() => {
            settings.wide.value = !settings.wide.value;
          }}
        />
        <MoreMenu />
      </div>
    </div>
  );
}
