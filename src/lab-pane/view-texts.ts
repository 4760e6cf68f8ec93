import { useEffect, useState } from 'preact/hooks';
import type { Language } from '#contract/language.ts';
import { useLabView } from './lab-view-parts.ts';
import { retryOnce } from './retry-once.ts';

/** Where a view that is fetched when first shown keeps what it says, in each language. */
export type TextSources<T> = Readonly<Record<Language, () => Promise<T>>>;

/** @returns `null` until the texts of the page's language are there */
export function useViewTexts<T extends object>(sources: TextSources<T>): T | null {
  const { language } = useLabView();
  const [texts, setTexts] = useState<T | null>(null);
  useEffect(() => {
    let isWanted = true;
    retryOnce(sources[language]).then(
      (loaded) => {
        if (isWanted) setTexts(loaded);
      },
      () => {}, // The view's own code came from the same server a moment ago; the next visit asks again.
    );
    return () => {
      isWanted = false;
    };
  }, [sources, language]);
  return texts;
}
