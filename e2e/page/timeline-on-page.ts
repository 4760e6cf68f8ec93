import { readFile } from 'node:fs/promises';
import { expect, type Locator } from '@playwright/test';
import { EN } from '../../src/lab-pane/timeline/texts-en.ts';
import { KO } from '../../src/lab-pane/timeline/texts-ko.ts';
import type { LabPage } from './lab-page.ts';

export interface DrawnPhase {
  readonly phase: string;
  readonly fromMs: number;
  readonly toMs: number;
}

/** The timeline in the lower part of the pane, read as it is drawn. */
export class TimelineOnPage {
  readonly #lab: LabPage;

  constructor(lab: LabPage) {
    this.#lab = lab;
  }

  get words() {
    return { ko: KO, en: EN }[this.#lab.language];
  }

  get region(): Locator {
    return this.#lab.pane.getByRole('region', { name: this.words.region, exact: true });
  }

  get chart(): Locator {
    return this.region.getByRole('slider').first();
  }

  get rollouts(): Locator {
    return this.region.getByRole('combobox', { name: this.words.rollout, exact: true });
  }

  get readout(): Locator {
    return this.region.locator('.lp-tl-readout');
  }

  button(name: string): Locator {
    return this.region.getByRole('button', { name, exact: true });
  }

  async open(): Promise<void> {
    await this.#lab.pane.getByRole('tab', { name: this.#lab.words.views.timeline, exact: true }).click();
    await expect(this.region).toBeVisible();
  }

  async leaveFor(view: 'exercise'): Promise<void> {
    await this.#lab.pane.getByRole('tab', { name: this.#lab.words.views[view], exact: true }).click();
  }

  phases(): Promise<DrawnPhase[]> {
    return this.chart.locator('.lp-tl-phase:not([data-coming])').evaluateAll((bars) =>
      bars.map((bar) => ({
        phase: bar.getAttribute('data-phase') ?? '',
        fromMs: Number(bar.getAttribute('data-from')),
        toMs: Number(bar.getAttribute('data-to')),
      })),
    );
  }

  /** Bars that have not ended: how many of each version look how. */
  living(): Promise<Record<string, number>> {
    return this.chart.locator('.lp-tl-life:not([data-end])').evaluateAll((lives) => {
      const counts: Record<string, number> = {};
      for (const life of lives) {
        const looks = life.querySelectorAll('[data-look]');
        const look = looks[looks.length - 1]?.getAttribute('data-look') ?? 'none';
        const key = `${life.getAttribute('data-tag')} ${look === 'unhealthy' ? 'starting' : look}`;
        counts[key] = (counts[key] ?? 0) + 1;
      }
      return counts;
    });
  }

  /** Requests as drawn, counted by how they went. */
  visits(): Promise<Record<string, number>> {
    return this.chart.locator('.lp-tl-visit').evaluateAll((visits) => {
      const counts: Record<string, number> = {};
      for (const visit of visits) {
        const outcome = visit.getAttribute('data-outcome') ?? '';
        counts[outcome] = (counts[outcome] ?? 0) + 1;
      }
      return counts;
    });
  }

  /** What "Save" makes in this format. */
  async saved(format: 'svg' | 'png' | 'text'): Promise<{ name: string; content: Buffer }> {
    const coming = this.#lab.page.waitForEvent('download');
    await this.button(this.words.save).click();
    await this.button(this.words.saveAs[format]).click();
    const download = await coming;
    return { name: download.suggestedFilename(), content: await readFile(await download.path()) };
  }
}
