import { usePane } from '../pane-parts.ts';
import { LabStatus } from './lab-status.tsx';
import { canReset, MoreMenu } from './more-menu.tsx';
import { TabStrip } from './tab-strip.tsx';
import { ToolButton } from './tool-button.tsx';

/** How much room the nodes leave for everything else. */
function crowd(nodes: number): 'one' | 'few' | 'many' {
  if (nodes === 1) return 'one';
  return nodes > 3 ? 'many' : 'few';
}

/** The top row: terminals as tabs once the lab runs, its state before that, and the tools. */
export function Bar() {
  const { lab, deck, settings, dialog, finding, texts } = usePane();
  const { tools } = texts;
  const state = lab.state.value;
  const hasTerminals = state === 'ready' || state === 'paused' || state === 'resuming';
  return (
    <div class="lp-bar" data-nodes={crowd(lab.session.value?.nodes.length ?? 1)}>
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
        {canReset(state) && (
          <ToolButton
            icon="reset"
            class="lp-tool-reset"
            label={tools.reset}
            word={tools.reset}
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
