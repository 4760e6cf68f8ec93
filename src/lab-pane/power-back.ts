import { effect } from '@preact/signals';
import type { LabController } from './lab-controller.ts';

/** Calls back for each node whose power returns, whoever switched it on. Returns the end of it. */
export function onPowerBack(lab: LabController, back: (node: string) => Promise<void>): () => void {
  let session = '';
  let off: readonly string[] = [];
  return effect(() => {
    const now = lab.session.value;
    if (now?.status.state !== 'ready') return;
    const occasion = `${now.id} ${now.generation}`;
    const returned = occasion === session ? off.filter((node) => !now.poweredOff.includes(node)) : [];
    session = occasion;
    off = now.poweredOff;
    queueMicrotask(() => {
      for (const node of returned) void back(node);
    });
  });
}
