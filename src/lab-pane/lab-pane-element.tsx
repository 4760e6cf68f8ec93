import { signal } from '@preact/signals';
import { render } from 'preact';
import { LANGUAGES } from '#contract/language.ts';
import { ExerciseController } from './exercise-controller.ts';
import { ExerciseStart } from './exercise-start.ts';
import { LabController } from './lab-controller.ts';
import { LabViewContext } from './lab-view-parts.ts';
import { linkToPage } from './page-link.ts';
import { type OpenDialog, PaneContext, type PaneParts } from './pane-parts.ts';
import { PaneSettings } from './pane-settings.ts';
import { Pane } from './parts/pane.tsx';
import { PowerSwitches } from './power-switches.ts';
import { TerminalDeck } from './terminal-deck.ts';
import type { LoadTerminal } from './terminal-handle.ts';
import { loadTexts } from './texts.ts';

/** Makes the class of `<lab-pane data-lab data-lesson data-lang>`; the terminal is loaded when one is shown. */
export function labPaneElement(loadTerminal: LoadTerminal) {
  return class LabPaneElement extends HTMLElement {
    #release: (() => void) | null = null;

    connectedCallback(): void {
      const { lab = '', lesson = '', lang } = this.dataset;
      const language = LANGUAGES.find((known) => known === lang) ?? 'ko';
      const settings = new PaneSettings(lesson);
      const controller = new LabController({ lab, lesson }, settings);
      const exercises = new ExerciseController(controller, settings);
      const start = new ExerciseStart(controller, exercises);
      const power = new PowerSwitches(controller);
      const dialog = signal<OpenDialog | null>(null);
      const deck = new TerminalDeck({ lab: controller, settings, language, dialog, loadTerminal });
      const base = {
        lab: controller,
        exercises,
        start,
        power,
        deck,
        settings,
        language,
        dialog,
        finding: signal(false),
        moment: signal<number | null>(null),
      };
      const unlink = linkToPage(base);
      void controller.load();
      void loadTexts(language).then((texts) => this.#render({ ...base, texts }));
      this.#release = () => {
        unlink();
        render(null, this);
        for (const part of [deck, start, exercises, controller, settings]) part.dispose();
      };
    }

    disconnectedCallback(): void {
      this.#release?.();
      this.#release = null;
    }

    #render(parts: PaneParts): void {
      if (!this.#release) return;
      this.replaceChildren();
      render(
        <PaneContext.Provider value={parts}>
          <LabViewContext.Provider value={{ ...parts, isReadOnly: false }}>
            <Pane host={this} />
          </LabViewContext.Provider>
        </PaneContext.Provider>,
        this,
      );
    }
  };
}
