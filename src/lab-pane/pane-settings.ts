import { effect, signal } from '@preact/signals';
import {
  FONT_SIZE_PX,
  readTab,
  readTaste,
  readView,
  writeTab,
  writeTaste,
  writeView,
} from './view-memory.ts';

/** The learner's taste and view as signals, written back whenever they change. */
export class PaneSettings {
  readonly fontSizePx;
  readonly screenReader;
  readonly exercisePercent;
  readonly exerciseOpen;
  readonly wide;
  readonly tab;
  readonly exercise;
  readonly sideView;
  readonly #stops: (() => void)[];
  #lab: string | null = null;

  constructor(lesson: string) {
    const taste = readTaste();
    const view = readView(lesson);
    this.fontSizePx = signal(taste.fontSizePx);
    this.screenReader = signal(taste.screenReader);
    this.exercisePercent = signal(taste.exercisePercent);
    this.exerciseOpen = signal(taste.exerciseOpen);
    this.wide = signal(view.wide);
    this.tab = signal<string | null>(null);
    this.exercise = signal(view.exercise);
    this.sideView = signal(view.sideView);
    this.#stops = [
      effect(() =>
        writeTaste({
          fontSizePx: this.fontSizePx.value,
          screenReader: this.screenReader.value,
          exercisePercent: this.exercisePercent.value,
          exerciseOpen: this.exerciseOpen.value,
        }),
      ),
      effect(() =>
        writeView(lesson, {
          exercise: this.exercise.value,
          sideView: this.sideView.value,
          wide: this.wide.value,
        }),
      ),
      effect(() => {
        if (this.#lab !== null) writeTab(this.#lab, this.tab.value);
      }),
    ];
  }

  /** From now on the terminal in front is remembered for this lab. */
  useLab(lab: string): void {
    this.#lab = lab;
    this.tab.value = readTab(lab);
  }

  changeFontSize(byPx: number): void {
    const px = this.fontSizePx.value + byPx;
    this.fontSizePx.value = Math.min(FONT_SIZE_PX.max, Math.max(FONT_SIZE_PX.min, px));
  }

  dispose(): void {
    for (const stop of this.#stops) stop();
  }
}
