import type { ReadonlySignal } from '@preact/signals';
import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { Language } from '#contract/language.ts';
import type { NodeCondition } from '#contract/node-condition.ts';
import type { LabModel } from './lab-model.ts';
import type { PaneTexts } from './texts.ts';

/** What a view of a lab works with, in the pane of its learner and on the page of somebody who watches. */
export interface LabViewParts {
  readonly lab: {
    readonly model: ReadonlySignal<LabModel>;
    readonly isReady: ReadonlySignal<boolean>;
    readonly connection: ReadonlySignal<'connecting' | 'live' | 'reconnecting'>;
  };
  readonly power: { condition(node: string): NodeCondition };
  readonly language: Language;
  readonly texts: PaneTexts;
  /** Nothing can be switched from here. */
  readonly isReadOnly: boolean;
}

export const LabViewContext = createContext<LabViewParts | null>(null);

export function useLabView(): LabViewParts {
  const parts = useContext(LabViewContext);
  if (!parts) throw new Error('a view of a lab is used outside of one');
  return parts;
}
