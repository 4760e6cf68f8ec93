import { effect } from '@preact/signals';
import type { LabSessionView } from '#contract/api.ts';
import type { LabController } from './lab-controller.ts';

/** Calls back for each node whose power returns, whoever switched it on. Returns the end of it. */
export function onPowerBack(lab: LabController, back: (node: string) => Promise<void>): () => void {
  let session = '';
  let off: readonly string[] = [];
  const offIn = ({ nodes, conditions }: LabSessionView) => nodes.filter((node) => conditions[node] === 'off');
  return effect(() => {
    const now = lab.session.value;
    if (now?.status.state !== 'ready') return;
    const occasion = `${now.id} ${now.generation}`;
    const returned = occasion === session ? off.filter((node) => now.conditions[node] !== 'off') : [];
    session = occasion;
    off = offIn(now);
    queueMicrotask(() => {
      for (const node of returned) void back(node);
    });
  });
}
