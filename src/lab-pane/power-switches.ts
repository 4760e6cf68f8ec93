import { signal } from '@preact/signals';
import type { NodeCondition } from '#contract/node-condition.ts';
import * as api from '../api-client/lab-api.ts';
import { type LabProblem, problemFrom } from '../api-client/lab-problem.ts';
import type { LabController } from './lab-controller.ts';
import { type NodeLook, nodeLook } from './node-words.ts';

/** The nodes of the lab as the learner sees them, and the hand on their power. */
export class PowerSwitches {
  readonly problem = signal<LabProblem | null>(null);
  readonly #lab: LabController;
  /** What was asked for and not answered yet. */
  readonly #turning = signal<Readonly<Record<string, 'on' | 'off'>>>({});

  constructor(lab: LabController) {
    this.#lab = lab;
  }

  get areThere(): boolean {
    return this.#lab.definition.value?.powerSwitches === true && this.#lab.isReady.value;
  }

  condition(node: string): NodeCondition {
    return this.isOff(node) ? 'off' : 'on';
  }

  isOff(node: string): boolean {
    return this.#lab.session.value?.poweredOff.includes(node) === true;
  }

  turning(node: string): 'on' | 'off' | null {
    return this.#turning.value[node] ?? null;
  }

  look(node: string): NodeLook | null {
    const status = this.#lab.model.value.nodes.find(({ name }) => name === node) ?? null;
    return nodeLook(status, { isOff: this.isOff(node), turning: this.turning(node) });
  }

  async turn(node: string, to: 'on' | 'off'): Promise<void> {
    const session = this.#lab.session.value;
    if (!session || this.turning(node)) return;
    this.problem.value = null;
    this.#turning.value = { ...this.#turning.value, [node]: to };
    try {
      const after = await api.switchPower(session.id, node, to === 'on');
      this.#lab.keep(session.id, (now) => ({ ...now, poweredOff: after.poweredOff }));
    } catch (fault) {
      this.problem.value = problemFrom(fault);
    } finally {
      const { [node]: _done, ...rest } = this.#turning.value;
      this.#turning.value = rest;
    }
  }
}
