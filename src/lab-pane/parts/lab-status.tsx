import { usePane } from '../pane-parts.ts';
import type { PaneTexts } from '../texts.ts';

export function LabStatus() {
  const { status } = usePane().texts;
  const name = useStatusName();
  return (
    <p class="lp-status">
      <span class="lp-dot" data-state={name} />
      {status[name]}
    </p>
  );
}

function useStatusName(): keyof PaneTexts['status'] {
  const { lab } = usePane();
  if (lab.signIn.value === 'out') return 'signedOut';
  if (lab.state.value) return lab.state.value;
  if (lab.work.value === 'starting') return 'starting';
  if (lab.lesson.value) return 'none';
  return lab.problem.value ? 'offline' : 'checking';
}
