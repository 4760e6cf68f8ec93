import { signal } from '@preact/signals';
import type { Theme } from './terminal-handle.ts';

/** The page's theme as a signal: Starlight keeps it in `data-theme` of the root element. */
export class PageTheme {
  readonly theme = signal<Theme>(current());
  readonly #observer = new MutationObserver(() => {
    this.theme.value = current();
  });

  constructor() {
    this.#observer.observe(document.documentElement, { attributeFilter: ['data-theme'] });
  }

  dispose(): void {
    this.#observer.disconnect();
  }
}

function current(): Theme {
  const { theme } = document.documentElement.dataset;
  return theme === 'light' ? 'light' : 'dark';
}
