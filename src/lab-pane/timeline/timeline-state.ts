import { computed, effect, signal } from '@preact/signals';
import type { KeptRollout } from '#contract/api.ts';
import type { HistoryEntry, ServiceRef } from '#contract/swarm-history.ts';
import { type Choice, choiceAt, choicesOf, RECENT, storyOf } from './rollout-choice.ts';
import type { RolloutShelf, TimelineLab } from './timeline-lab.ts';

type KeptEntries = readonly HistoryEntry[] | 'loading' | 'lost';

/** What the timeline shows and what the learner has chosen of it. */
export class TimelineState {
  readonly #lab: TimelineLab;
  readonly #shelf: RolloutShelf;
  readonly #kept = signal<readonly KeptRollout[]>([]);
  readonly serviceName = signal<string | null>(null);
  /** `null`: the newest, whichever that is. */
  readonly choiceKey = signal<string | null>(null);
  /** The moment that is looked at; `null` follows the newest. */
  readonly cursorMs = signal<number | null>(null);
  readonly isText = signal(false);
  readonly isComparing = signal(false);
  readonly otherKey = signal<string | null>(null);
  readonly nowMs = signal(Date.now());

  readonly entries = computed(() => {
    const { session, history } = this.#lab.model.value;
    return session !== null && history.generation === session.generation ? history.entries : [];
  });
  readonly waits = computed(() => this.#lab.model.value.waits);
  readonly story = computed(() => storyOf(this.entries.value));
  /** Services of this generation, and those of which only rollouts of before are known. */
  readonly services = computed<readonly ServiceRef[]>(() => {
    const { services } = this.story.value;
    const lab = this.#lab.session.value?.lab;
    const before = this.#kept.value.filter((kept) => kept.lab === lab).map(({ service }) => service);
    const unknown = before.filter(({ name }) => services.every((service) => service.name !== name));
    return [...services, ...new Map(unknown.map((service) => [service.name, service])).values()];
  });
  readonly service = computed(
    () =>
      this.services.value.findLast(({ name }) => name === this.serviceName.value) ??
      this.services.value.find(({ id }) => id === this.story.value.mainServiceId) ??
      this.services.value.find(({ name }) => name === this.#shownName) ??
      this.services.value[0] ??
      null,
  );
  readonly choices = computed<readonly Choice[]>(() => {
    const service = this.service.value;
    const session = this.#lab.session.value;
    if (service === null || session === null) return [];
    const here = { labSession: session.id, generation: session.generation };
    return choicesOf(this.story.value, service, this.#kept.value, here);
  });
  readonly choice = computed<Choice>(
    () =>
      this.choices.value.find(({ key }) => key === this.choiceKey.value) ?? this.choices.value[0] ?? RECENT,
  );
  /** Rollouts that can be set beside the chosen one. */
  readonly others = computed(() =>
    this.choices.value.filter(({ kind, key }) => kind !== 'recent' && key !== this.choice.value.key),
  );
  readonly other = computed<Choice | null>(
    () => this.others.value.find(({ key }) => key === this.otherKey.value) ?? this.others.value[0] ?? null,
  );

  readonly #keptEntries = signal<ReadonlyMap<number, KeptEntries>>(new Map());
  /** After a reset, rollouts of the service that was looked at before are shown. */
  #shownName = '';
  readonly #stops: (() => void)[];

  constructor(lab: TimelineLab, shelf: RolloutShelf, wanted: { value: number | null }) {
    this.#lab = lab;
    this.#shelf = shelf;
    let known = '';
    let generation = -1;
    this.#stops = [
      effect(() => {
        const ended = this.story.value.rollouts.filter(({ endedAtMs }) => endedAtMs !== null).length;
        const now = lab.session.value?.generation ?? 0;
        if (now !== generation) this.#forgetPlace();
        generation = now;
        // What was cut short by a reset is kept when the lab before has been let go.
        const news = `${now} ${ended} ${lab.isReady.value}`;
        if (news !== known) void this.#loadKept();
        known = news;
      }),
      effect(() => {
        this.#shownName = this.service.value?.name ?? this.#shownName;
      }),
      effect(() => {
        const atMs = wanted.value;
        if (atMs === null || this.choices.value.length === 0) return;
        this.showMoment(atMs);
        wanted.value = null;
      }),
    ];
  }

  /** The history that a choice is drawn from. */
  entriesOf(choice: Choice): KeptEntries {
    if (choice.kind !== 'kept') return this.entries.value;
    const known = this.#keptEntries.value.get(choice.rollout.id);
    if (known === undefined) void this.#loadEntries(choice.rollout.id);
    return known ?? 'loading';
  }

  showMoment(atMs: number): void {
    const choice = choiceAt(this.choices.peek(), atMs);
    this.choiceKey.value = choice?.key ?? RECENT.key;
    this.cursorMs.value = atMs;
    this.isText.value = false;
    this.isComparing.value = false;
  }

  choose(key: string): void {
    this.choiceKey.value = key;
    this.cursorMs.value = null;
  }

  /** Back to what happens now: the newest rollout, or the last minutes where there is none. */
  follow(): void {
    this.choiceKey.value = null;
    this.cursorMs.value = null;
  }

  dispose(): void {
    for (const stop of this.#stops) stop();
  }

  #forgetPlace(): void {
    this.choiceKey.value = null;
    this.cursorMs.value = null;
    this.otherKey.value = null;
  }

  async #loadKept(): Promise<void> {
    try {
      this.#kept.value = (await this.#shelf.list()).rollouts;
    } catch {
      // Rollouts of before are an extra; they are asked for again after the next one.
    }
  }

  async #loadEntries(id: number): Promise<void> {
    const keep = (entries: KeptEntries): void => {
      this.#keptEntries.value = new Map([...this.#keptEntries.peek(), [id, entries]]);
    };
    // Not within the drawing that asks for it.
    await Promise.resolve();
    if (this.#keptEntries.peek().has(id)) return;
    keep('loading');
    try {
      keep((await this.#shelf.entries(id)).entries);
    } catch {
      keep('lost');
    }
  }
}
