import type { JoinState } from '#contract/class-api.ts';
import { useClass } from '../class-context.ts';

export function JoiningBadge({ state }: { state: JoinState }) {
  return (
    <span class="cl-badge" data-state={state}>
      {useClass().texts.joining[state]}
    </span>
  );
}
