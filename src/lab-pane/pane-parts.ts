import type { Signal } from '@preact/signals';
import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { TerminalView } from '#contract/api.ts';
import type { Language } from '#contract/language.ts';
import type { ExerciseController } from './exercise-controller.ts';
import type { ExerciseStart } from './exercise-start.ts';
import type { LabController } from './lab-controller.ts';
import type { PaneSettings } from './pane-settings.ts';
import type { PowerSwitches } from './power-switches.ts';
import type { TerminalDeck } from './terminal-deck.ts';
import type { PaneTexts } from './texts.ts';

/** The one question that the pane may ask at a time. */
export type OpenDialog =
  | { readonly kind: 'reset' | 'close' | 'help' | 'solution' | 'prepare' }
  | { readonly kind: 'power-off'; readonly node: string }
  | { readonly kind: 'close-terminal'; readonly terminal: TerminalView }
  | { readonly kind: 'paste'; readonly text: string; readonly answer: (yes: boolean) => void }
  | { readonly kind: 'link'; readonly url: string; readonly answer: (yes: boolean) => void };

export interface PaneParts {
  readonly lab: LabController;
  readonly exercises: ExerciseController;
  readonly start: ExerciseStart;
  readonly power: PowerSwitches;
  readonly deck: TerminalDeck;
  readonly settings: PaneSettings;
  readonly language: Language;
  readonly texts: PaneTexts;
  readonly dialog: Signal<OpenDialog | null>;
  readonly finding: Signal<boolean>;
  /** A moment of the history that the timeline is to show (epoch ms); it takes it from here. */
  readonly moment: Signal<number | null>;
}

export const PaneContext = createContext<PaneParts | null>(null);

/** What every component of the pane works with. */
export function usePane(): PaneParts {
  const parts = useContext(PaneContext);
  if (!parts) throw new Error('a part of the pane is used outside of it');
  return parts;
}
