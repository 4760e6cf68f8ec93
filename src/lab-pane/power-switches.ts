import { computed, signal } from '@preact/signals';
import type { LocalizedText } from '#contract/language.ts';
import { conditionOf, type NodeCondition } from '#contract/node-condition.ts';
import * as api from '../api-client/lab-api.ts';
import { type LabProblem, problemFrom } from '../api-client/lab-problem.ts';
import type { LabController } from './lab-controller.ts';
import { type NodeLook, nodeLook } from './node-words.ts';

/** One thing that can be done to a node. */
export interface SwitchChoice {
  readonly to: NodeCondition;
  /** Why the exercise at hand does not allow it; `null` where it does. */
  readonly forbidden: LocalizedText | null;
}

/** What may follow at once; whatever else begins at `on`. */
const NEXT: Readonly<Record<NodeCondition, readonly NodeCondition[]>> = {
  on: ['off', 'frozen', 'unplugged'],
  off: ['on'],
  frozen: ['on', 'off'],
  unplugged: ['on', 'off'],
};

/** The nodes of the lab as the learner sees them, and the hand on their switches. */
export class PowerSwitches {
  readonly problem = signal<LabProblem | null>(null);
  /** Whether no node is left to work with. */
  readonly areAllOut = computed(() => {
    const nodes = this.#lab.session.value?.nodes ?? [];
    return nodes.length > 1 && nodes.every((node) => ['off', 'frozen'].includes(this.condition(node)));
  });
  readonly #lab: LabController;
  /** What was asked for and not answered yet. */
  readonly #turning = signal<Readonly<Record<string, NodeCondition>>>({});

  constructor(lab: LabController) {
    this.#lab = lab;
  }

  get areThere(): boolean {
    const definition = this.#lab.definition.value;
    return definition?.powerSwitches === true && definition.nodes.length > 1 && this.#lab.isReady.value;
  }

  condition(node: string): NodeCondition {
    return conditionOf(this.#lab.session.value?.conditions ?? {}, node);
  }

  isOff(node: string): boolean {
    return this.condition(node) === 'off';
  }

  turning(node: string): NodeCondition | null {
    return this.#turning.value[node] ?? null;
  }

  look(node: string): NodeLook | null {
    const status = this.#lab.model.value.nodes.find(({ name }) => name === node) ?? null;
    return nodeLook(status, { condition: this.condition(node), turning: this.turning(node) });
  }

  choices(node: string): SwitchChoice[] {
    const active = this.#lab.session.value?.activeExercise ?? null;
    const exercise = this.#lab.lesson.value?.exercises.find(({ id }) => id === active);
    const forbids = exercise?.forbids ?? null;
    return NEXT[this.condition(node)].map((to) => {
      const isForbidden = to !== 'on' && forbids?.switches.includes(to) === true;
      return { to, forbidden: isForbidden ? (forbids?.reason ?? null) : null };
    });
  }

  async turn(node: string, to: NodeCondition): Promise<void> {
    const session = this.#lab.session.value;
    if (!session || this.turning(node)) return;
    this.problem.value = null;
    this.#turning.value = { ...this.#turning.value, [node]: to };
    try {
      const after = await api.switchNode(session.id, node, to);
      this.#lab.keep(session.id, (now) => ({ ...now, conditions: after.conditions }));
    } catch (fault) {
      this.problem.value = problemFrom(fault);
    } finally {
      const { [node]: _done, ...rest } = this.#turning.value;
      this.#turning.value = rest;
    }
  }

  /** Together: a manager alone without quorum waits for the others while it boots. */
  async turnAllOn(): Promise<void> {
    const nodes = this.#lab.session.value?.nodes ?? [];
    await Promise.all(
      nodes.filter((node) => this.condition(node) !== 'on').map((node) => this.turn(node, 'on')),
    );
  }
}
