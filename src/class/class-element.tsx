import { render } from 'preact';
import { LANGUAGES } from '#contract/language.ts';
import { readView } from './cohort-view.ts';
import { takeLinkToken } from './fragment-token.ts';
import { ClassApp } from './parts/class-app.tsx';
import { loadTexts } from './texts.ts';

const linkToken = takeLinkToken();

/** Makes the class of `<class-app data-lang>`, the instructors' pages. */
export function classElement() {
  return class ClassElement extends HTMLElement {
    connectedCallback(): void {
      const language = LANGUAGES.find((known) => known === this.dataset['lang']) ?? 'ko';
      const address = new URLSearchParams(location.search);
      const cohort = address.get('cohort');
      const view = readView(address.get('view'));
      void loadTexts(language).then((texts) => {
        if (!this.isConnected) return;
        this.replaceChildren();
        render(
          <ClassApp language={language} texts={texts} cohort={cohort} view={view} linkToken={linkToken} />,
          this,
        );
      });
    }

    disconnectedCallback(): void {
      render(null, this);
    }
  };
}
