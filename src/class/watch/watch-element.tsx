import { signal } from '@preact/signals';
import { type ComponentChildren, render } from 'preact';
import { LANGUAGES, type Language } from '#contract/language.ts';
import { loadTexts as loadPaneTexts } from '../../lab-pane/texts.ts';
import { ShowPage } from './parts/show-page.tsx';
import { WatchPage } from './parts/watch-page.tsx';
import { ShowController } from './show-controller.ts';
import { SightContext } from './sight-context.ts';
import { loadTexts } from './texts.ts';
import { WatchContext } from './watch-context.ts';
import { WatchController } from './watch-controller.ts';

const NO_KEYBOARD = signal(false);

/** Makes the class of `<watch-app data-lang>`: an instructor at a learner's lab, or a learner at what a class is shown. */
export function watchElement() {
  return class WatchElement extends HTMLElement {
    #seen: WatchController | ShowController | null = null;

    connectedCallback(): void {
      const language = LANGUAGES.find((known) => known === this.dataset['lang']) ?? 'ko';
      const address = new URLSearchParams(location.search);
      const [cohort, learner] = [address.get('cohort'), address.get('learner')];
      const seen =
        cohort !== null && learner !== null ? new WatchController(cohort, learner) : new ShowController();
      this.#seen = seen;
      void seen.load();
      void this.#render(language, seen);
    }

    disconnectedCallback(): void {
      render(null, this);
      this.#seen?.dispose();
      this.#seen = null;
    }

    async #render(language: Language, seen: WatchController | ShowController): Promise<void> {
      const [texts, paneTexts] = await Promise.all([loadTexts(language), loadPaneTexts(language)]);
      if (!this.isConnected) return;
      const isWatch = seen instanceof WatchController;
      const value = {
        sight: seen.sight,
        ticketPath: (terminal: string) => seen.ticketPath(terminal),
        hasKeyboard: isWatch ? seen.hasKeyboard : NO_KEYBOARD,
        language,
        texts,
        paneTexts,
      };
      const page: ComponentChildren = isWatch ? (
        <WatchContext.Provider value={seen}>
          <WatchPage />
        </WatchContext.Provider>
      ) : (
        <ShowPage show={seen} />
      );
      this.replaceChildren();
      render(<SightContext.Provider value={value}>{page}</SightContext.Provider>, this);
    }
  };
}
