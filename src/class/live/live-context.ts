import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { LiveExercise } from '#contract/class-live.ts';
import type { Language, LocalizedText } from '#contract/language.ts';
import type { LiveTexts } from './texts.ts';

/** What every part of the class view works with; changes only when the course does. */
export interface LiveContextValue {
  readonly language: Language;
  readonly texts: LiveTexts;
  readonly exercises: readonly LiveExercise[];
  readonly labTitles: ReadonlyMap<string, LocalizedText>;
}

export const LiveContext = createContext<LiveContextValue | null>(null);

export function useLive(): LiveContextValue {
  const value = useContext(LiveContext);
  if (!value) throw new Error('a part of the class view is used outside of it');
  return value;
}
