import type { ExerciseDefinition, LabDefinition } from '#contract/definitions.ts';
import { conditionOf, mayFollow, type NodeImpairment } from '#contract/node-condition.ts';
import type { LabEnvironment, LabHost } from '../../ports.ts';
import type { NodeSwitch } from '../../terminal/answer-sequence.ts';

export interface SwitchboardOptions {
  readonly host: Pick<LabHost, 'switchNode'>;
  readonly environment: LabEnvironment;
  readonly definition: Pick<LabDefinition, 'powerSwitches'>;
  /** Of the exercise at hand. */
  readonly forbids: ExerciseDefinition['forbids'];
  /** Called when the learner's hand is on the switch, before the engine acts. */
  readonly onSwitch: (asked: NodeSwitch) => void;
  readonly onProblem: (problem: string) => void;
  readonly signal: AbortSignal;
}

/** The switches of a lab's nodes, thrown by the `power` commands of a script one after the other. */
export class Switchboard {
  readonly #options: SwitchboardOptions;
  readonly #conditions: Record<string, NodeImpairment> = {};
  #acting = Promise.resolve();

  constructor(options: SwitchboardOptions) {
    this.#options = options;
  }

  throw(asked: NodeSwitch): void {
    this.#acting = this.#acting.then(() => this.#act(asked));
  }

  /** Resolves when every switch thrown so far has had its effect. */
  async idle(): Promise<void> {
    await this.#acting;
  }

  async #act({ node, to }: NodeSwitch): Promise<void> {
    const { host, environment, definition, forbids, onSwitch, onProblem, signal } = this.#options;
    if (!definition.powerSwitches) return onProblem(`this lab has no power switches (${node})`);
    if (environment.nodes.every((one) => one.name !== node)) return onProblem(`there is no node ${node}`);
    if (to !== 'on' && forbids?.includes(to)) return onProblem(`the exercise forbids this (${node}: ${to})`);
    const from = conditionOf(this.#conditions, node);
    if (from === to) return;
    if (!mayFollow(from, to)) return onProblem(`${node} is ${from}, so it can't be ${to} at once`);
    onSwitch({ node, to });
    try {
      await host.switchNode(environment, node, to, signal);
      if (to === 'on') delete this.#conditions[node];
      else this.#conditions[node] = to;
    } catch (failure) {
      onProblem(`${node} to ${to}: ${String(failure)}`);
    }
  }
}
