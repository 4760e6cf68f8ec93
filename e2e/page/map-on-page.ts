import { isDeepStrictEqual } from 'node:util';
import type { Locator } from '@playwright/test';
import { EN } from '../../src/lab-pane/map/texts-en.ts';
import { KO } from '../../src/lab-pane/map/texts-ko.ts';
import { poll } from '../product/poll.ts';
import { COMING, type SwarmTruth } from '../product/swarm-truth.ts';
import type { LabPage } from './lab-page.ts';

/** The tab with the swarm map, read as it is drawn. */
export class MapOnPage {
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

  get tiles(): Locator {
    return this.region.locator('.lp-tile');
  }

  place(hostname: string): Locator {
    return this.region.locator(`.lp-place[data-node="${hostname}"]`);
  }

  async show(): Promise<void> {
    const { views } = this.#lab.words;
    await this.#lab.pane.getByRole('tab', { name: views.map, exact: true }).click();
    await this.region.waitFor();
  }

  /** What is drawn at one moment, in the form of what the engine says; all failures that are drawn. */
  read(): Promise<SwarmTruth> {
    return this.region.evaluate((map, comingStates) => {
      const coming = new RegExp(comingStates);
      const ended = /^(complete|shutdown|failed|rejected|remove|orphaned)$/;
      const tiles = [...map.querySelectorAll<HTMLElement>('.lp-tile[data-task]')];
      const running: Record<string, number> = {};
      const updates: Record<string, string> = {};
      for (const service of map.querySelectorAll<HTMLElement>('.lp-service')) {
        const name = service.dataset['service'] ?? '';
        updates[name] = service.dataset['update'] ?? '';
        for (const part of service.querySelectorAll(
          '.lp-part:is([data-phase="running"], [data-phase="unhealthy"])',
        )) {
          const kind = `${name} ${part.querySelector('.lp-tile-tag')?.textContent}`;
          const count = Number(part.querySelector('.lp-part-count')?.textContent);
          running[kind] = (running[kind] ?? 0) + count;
        }
      }
      return {
        alive: tiles
          .filter(({ dataset }) => !ended.test(dataset['state'] ?? ''))
          .map((tile) => {
            const place = tile.closest<HTMLElement>('.lp-place')?.dataset['node'] ?? 'none';
            const tag = tile.querySelector('.lp-tile-tag')?.textContent;
            const what = `${tile.dataset['task']} ${tag}`;
            const state = tile.dataset['state'] ?? '';
            return coming.test(state) ? `${what} coming` : `${what} ${state} on ${place}`;
          })
          .sort(),
        running,
        failed: tiles
          .filter(({ dataset }) => dataset['phase'] === 'failed')
          .map(({ dataset }) => dataset['task'] ?? '')
          .sort(),
        updates,
        nodes: [...map.querySelectorAll<HTMLElement>('.lp-place')]
          .map(({ dataset }) => `${dataset['node']} ${dataset['role']} ${dataset['state']}`)
          .sort(),
      };
    }, COMING.source);
  }

  /**
   * Waits for a moment of the swarm, then until the map shows it as the engine has it right before and right after.
   * @returns milliseconds from the moment to a map that shows it
   */
  async agreesWhen(
    what: string,
    isIt: (truth: SwarmTruth) => boolean,
    ask: () => Promise<SwarmTruth>,
    { withinMs, lagMs }: { readonly withinMs: number; readonly lagMs: number },
  ): Promise<number> {
    await poll(`the swarm: ${what}`, async () => isIt(await ask()), withinMs);
    const cameAtMs = Date.now();
    let seen: unknown;
    let told: unknown;
    try {
      await poll(
        `the map: ${what}`,
        async () => {
          const before = await ask();
          const drawn = await this.read();
          const after = await ask();
          const failed = drawn.failed.filter((id) => before.failed.includes(id));
          [seen, told] = [{ ...drawn, failed }, before];
          return isIt(before) && isDeepStrictEqual(before, after) && isDeepStrictEqual(seen, told);
        },
        lagMs,
      );
    } catch (cause) {
      throw new Error(`the map shows\n${JSON.stringify(seen)}\nthe engine says\n${JSON.stringify(told)}`, {
        cause,
      });
    }
    return Date.now() - cameAtMs;
  }
}
