import { usePane } from '../pane-parts.ts';
import { RichText } from '../rich-text.tsx';
import { ConfirmDialog, Dialog } from './dialog.tsx';
import { LostAndKept } from './lost-and-kept.tsx';
import { PowerDialog } from './power-dialog.tsx';
import { PrepareDialog } from './prepare-dialog.tsx';

const QUOTED_CHARS = 2000;

/** The pane's one open dialog, if any. */
export function Dialogs() {
  const { lab, deck, exercises, dialog, texts } = usePane();
  const words = texts;
  const open = dialog.value;
  const onClose = () => {
    dialog.value = null;
  };
  switch (open?.kind) {
    case 'reset':
      return <ResetDialog onClose={onClose} />;
    case 'close':
      return (
        <ConfirmDialog
          title={words.close.title}
          confirm={words.close.confirm}
          danger
          onConfirm={() => void lab.close()}
          onClose={onClose}
        >
          <p>{words.close.body}</p>
        </ConfirmDialog>
      );
    case 'close-terminal': {
      const { terminal } = open;
      return (
        <ConfirmDialog
          title={words.terminal.closeTitle}
          confirm={words.terminal.closeConfirm}
          danger
          onConfirm={() => void deck.close(terminal.id)}
          onClose={onClose}
        >
          <p>
            <RichText text={words.terminal.closeBody(words.terminal.tab(terminal.node, terminal.number))} />
          </p>
        </ConfirmDialog>
      );
    }
    case 'paste':
      return (
        <ConfirmDialog
          title={words.paste.title}
          confirm={words.paste.confirm}
          onConfirm={() => open.answer(true)}
          onClose={() => {
            open.answer(false);
            onClose();
          }}
        >
          <p>{words.paste.body}</p>
          <pre class="lp-quoted">{open.text.slice(0, QUOTED_CHARS)}</pre>
        </ConfirmDialog>
      );
    case 'link':
      return (
        <ConfirmDialog
          title={words.link.title}
          confirm={words.link.confirm}
          onConfirm={() => open.answer(true)}
          onClose={() => {
            open.answer(false);
            onClose();
          }}
        >
          <p>{words.link.body}</p>
          <pre class="lp-quoted">{open.url}</pre>
        </ConfirmDialog>
      );
    case 'solution':
      return (
        <ConfirmDialog
          title={words.help.solutionTitle}
          confirm={words.help.solutionConfirm}
          onConfirm={() => void exercises.showSolution()}
          onClose={onClose}
        >
          <p>{words.help.solutionBody}</p>
        </ConfirmDialog>
      );
    case 'prepare':
      return <PrepareDialog onClose={onClose} />;
    case 'power-off':
      return <PowerDialog node={open.node} onClose={onClose} />;
    case 'help':
      return <HelpDialog onClose={onClose} />;
    default:
      return null;
  }
}

function ResetDialog({ onClose }: { onClose: () => void }) {
  const { lab, deck, texts } = usePane();
  const words = texts.reset;
  return (
    <ConfirmDialog
      title={words.title}
      confirm={words.confirm}
      danger
      onConfirm={() => {
        deck.focusNext();
        void lab.reset();
      }}
      onClose={onClose}
    >
      <LostAndKept lost={words.lost} kept={words.kept} />
    </ConfirmDialog>
  );
}

function HelpDialog({ onClose }: { onClose: () => void }) {
  const words = usePane().texts.shortcuts;
  return (
    <Dialog title={words.title} onClose={onClose}>
      <dl class="lp-shortcuts">
        {words.rows.map(([keys, effect]) => (
          <div key={keys}>
            <dt>
              <kbd>{keys}</kbd>
            </dt>
            <dd>{effect}</dd>
          </div>
        ))}
      </dl>
      <p>
        <RichText text={words.note} />
      </p>
      <div class="lp-dialog-buttons">
        <button type="button" class="lp-button" onClick={onClose}>
          {words.close}
        </button>
      </div>
    </Dialog>
  );
}
