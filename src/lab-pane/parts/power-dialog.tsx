import { usePane } from '../pane-parts.ts';
import { ConfirmDialog } from './dialog.tsx';

export function PowerDialog({ node, onClose }: { node: string; onClose: () => void }) {
  const { power, texts } = usePane();
  const words = texts.power;
  return (
    <ConfirmDialog
      title={words.title(node)}
      confirm={words.confirm}
      danger
      onConfirm={() => void power.turn(node, 'off')}
      onClose={onClose}
    >
      <p>{words.body}</p>
      <p>{words.comesBack}</p>
    </ConfirmDialog>
  );
}
