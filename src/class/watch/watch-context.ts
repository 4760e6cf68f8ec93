import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { Language } from '#contract/language.ts';
import type { PaneTexts } from '../../lab-pane/texts.ts';
import type { WatchTexts } from './texts.ts';
import type { WatchController } from './watch-controller.ts';

/** What every part of the watching page works with. */
interface WatchContextValue {
  readonly watch: WatchController;
  readonly language: Language;
  readonly texts: WatchTexts;
  /** The lab pane's words, for what is shown as there. */
  readonly paneTexts: PaneTexts;
}

export const WatchContext = createContext<WatchContextValue | null>(null);

export function useWatch(): WatchContextValue {
  const value = useContext(WatchContext);
  if (!value) throw new Error('a part of the watching page is used outside of it');
  return value;
}
