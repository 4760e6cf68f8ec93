import { h, render } from 'preact';
import { LANGUAGES } from '#contract/language.ts';
import { loadTexts } from '../join/texts.ts';
import { OwnData } from './own-data.tsx';

customElements.define(
  'own-data',
  class OwnDataElement extends HTMLElement {
    connectedCallback(): void {
      const language = LANGUAGES.find((known) => known === this.dataset['lang']) ?? 'ko';
      void loadTexts(language).then((texts) => {
        if (this.isConnected) render(h(OwnData, { language, texts }), this);
      });
    }

    disconnectedCallback(): void {
      render(null, this);
    }
  },
);
