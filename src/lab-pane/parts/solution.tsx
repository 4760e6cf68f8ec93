import { useSignal } from '@preact/signals';
import { copyText } from '../copy-text.ts';
import { usePane } from '../pane-parts.ts';
import { solutionBlocks } from '../solution-blocks.ts';
import { ToolButton } from './tool-button.tsx';

/** The reference solution, command by command, so that it can be followed instead of pasted whole. */
export function Solution({ script }: { script: string }) {
  return (
    <div class="lp-solution">
      {solutionBlocks(script).map((block, index) =>
        block.kind === 'comment' ? (
          <p key={index}>{block.text}</p>
        ) : (
          <Command key={index} text={block.text} />
        ),
      )}
    </div>
  );
}

function Command({ text }: { text: string }) {
  const { deck, texts } = usePane();
  const words = texts;
  const copied = useSignal(false);
  return (
    <div class="lp-command">
      <pre>
        <code translate={false}>{text}</code>
      </pre>
      <ToolButton
        icon={copied.value ? 'passed' : 'copy'}
        label={copied.value ? words.run.copied : words.help.copyLine}
        onClick={async () => {
          copied.value = await copyText(text);
        }}
      />
      <ToolButton icon="run" label={words.help.runLine} onClick={() => void deck.run(text)} />
    </div>
  );
}
