import type { ReadonlySignal } from '@preact/signals';
import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { Language } from '#contract/language.ts';
import type { PaneTexts } from '../../lab-pane/texts.ts';
import type { LabSight } from './lab-sight.ts';
import type { WatchTexts } from './texts.ts';

/** What the parts work with that show somebody else's lab. */
interface SightContextValue {
  readonly sight: LabSight;
  /** Address where a ticket for a terminal is to be had. */
  readonly ticketPath: (terminal: string) => string;
  readonly hasKeyboard: ReadonlySignal<boolean>;
  readonly language: Language;
  readonly texts: WatchTexts;
  /** The lab pane's words, for what is shown as there. */
  readonly paneTexts: PaneTexts;
}

export const SightContext = createContext<SightContextValue | null>(null);

export function useSight(): SightContextValue {
  const value = useContext(SightContext);
  if (!value) throw new Error('a part of a sight is used outside of one');
  return value;
}
