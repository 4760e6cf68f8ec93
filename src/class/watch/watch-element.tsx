import { render } from 'preact';
import { LANGUAGES } from '#contract/language.ts';
import { loadTexts as loadPaneTexts } from '../../lab-pane/texts.ts';
import { WatchPage } from './parts/watch-page.tsx';
import { loadTexts } from './texts.ts';
import { WatchContext } from './watch-context.ts';
import { WatchController } from './watch-controller.ts';

/** Makes the class of `<watch-app data-lang>`: an instructor at a learner's lab. */
export function watchElement() {
  return class WatchElement extends HTMLElement {
    #watch: WatchController | null = null;

    connectedCallback(): void {
      const language = LANGUAGES.find((known) => known === this.dataset['lang']) ?? 'ko';
      const address = new URLSearchParams(location.search);
      const watch = new WatchController(address.get('cohort') ?? '', address.get('learner') ?? '');
      this.#watch = watch;
      void watch.load();
      void Promise.all([loadTexts(language), loadPaneTexts(language)]).then(([texts, paneTexts]) => {
        if (!this.isConnected) return;
        this.replaceChildren();
        render(
          <WatchContext.Provider value={{ watch, language, texts, paneTexts }}>
            <WatchPage />
          </WatchContext.Provider>,
          this,
        );
      });
    }

    disconnectedCallback(): void {
      render(null, this);
      this.#watch?.dispose();
      this.#watch = null;
    }
  };
}
