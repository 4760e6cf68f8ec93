import { render } from 'preact';
import { LANGUAGES } from '#contract/language.ts';
import { takeJoinCode } from './join-code.ts';
import { JoinApp } from './parts/join-app.tsx';
import { loadTexts } from './texts.ts';

const code = takeJoinCode();

/** Makes the class of `<join-app data-lang>`, by which learners come in. */
export function joinElement() {
  return class JoinElement extends HTMLElement {
    connectedCallback(): void {
      const language = LANGUAGES.find((known) => known === this.dataset['lang']) ?? 'ko';
      void loadTexts(language).then((texts) => {
        if (!this.isConnected) return;
        this.replaceChildren();
        render(<JoinApp language={language} texts={texts} code={code} />, this);
      });
    }

    disconnectedCallback(): void {
      render(null, this);
    }
  };
}
