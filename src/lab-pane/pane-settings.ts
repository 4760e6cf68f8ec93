import { effect, signal } from '@preact/signals';
import { FONT_SIZE_PX, readTaste, readView, writeTaste, writeView } from './view-memory.ts';

/** The learner's taste and view as signals, written back whenever they change. */
export class PaneSettings {
  readonly fontSizePx;
  readonly screenReader;
  readonly exercisePercent;
  readonly exerciseOpen;
  readonly wide;
  readonly tab;
  readonly exercise;
  readonly #stops: (() => void)[];

  constructor(lab: string) {
    const taste = readTaste();
    const view = readView(lab);
    this.fontSizePx = signal(taste.fontSizePx);
    this.screenReader = signal(taste.screenReader);
    this.exercisePercent = signal(taste.exercisePercent);
    this.exerciseOpen = signal(taste.exerciseOpen);
    this.wide = signal(view.wide);
    this.tab = signal(view.tab);
    this.exercise = signal(view.exercise);
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
        writeView(lab, { tab: this.tab.value, exercise: this.exercise.value, wide: this.wide.value }),
      ),
    ];
  }

  changeFontSize(byPx: number): void {
    const px = this.fontSizePx.value + byPx;
    this.fontSizePx.value = Math.min(FONT_SIZE_PX.max, Math.max(FONT_SIZE_PX.min, px));
  }

  dispose(): void {
    for (const stop of this.#stops) stop();
  }
}
