import { usePane } from '../pane-parts.ts';

export function LabStatus() {
  const { lab, texts } = usePane();
  const { status } = texts.value;
  const state = lab.state.value;
  const name =
    lab.signIn.value === 'out'
      ? 'signedOut'
      : (state ?? (lab.work.value === 'starting' ? 'starting' : lab.lesson.value ? 'none' : 'checking'));
  return (
    <p class="lp-status">
      <span class="lp-dot" data-state={name} />
      {status[name]}
    </p>
  );
}
