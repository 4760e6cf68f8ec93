import { usePane } from '../pane-parts.ts';
import type { PaneTexts } from '../texts.ts';

export function LabStatus() {
  const { lab, language, texts } = usePane();
  const { status } = texts;
  const name = useStatusName();
  return (
    <p class="lp-status">
      <span class="lp-dot" data-state={name} />
      {status[name]}
      {(lab.lesson.value?.labs.length ?? 0) > 1 && (
        <span class="lp-status-lab">{lab.definition.value?.title[language]}</span>
      )}
    </p>
  );
}

function useStatusName(): keyof PaneTexts['status'] {
  const { lab } = usePane();
  if (lab.signIn.value === 'out') return 'signedOut';
  if (lab.isWaiting.value) return 'waiting';
  if (lab.state.value === 'resetting' && lab.preparing.value) return 'preparing';
  if (lab.state.value) return lab.state.value;
  if (lab.work.value === 'starting') return 'starting';
  if (lab.isJoined.value) return 'none';
  return lab.problem.value ? 'offline' : 'checking';
}
