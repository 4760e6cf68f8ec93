import { usePane } from '../pane-parts.ts';
import { Menu, MenuButton } from './menu.tsx';

export function ExerciseMenu() {
  const { start, dialog, texts } = usePane();
  return (
    <Menu label={texts.prepare.menu} class="lp-exercise-menu">
      {(close) => (
        <MenuButton
          label={texts.prepare.button}
          disabled={!start.canPrepare.value}
          onClick={() => (dialog.value = { kind: 'prepare' })}
          close={close}
        />
      )}
    </Menu>
  );
}
