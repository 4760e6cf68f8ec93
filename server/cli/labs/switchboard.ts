import type { LabDefinition } from '#contract/definitions.ts';
import type { LabEnvironment, LabHost } from '../../ports.ts';
import type { PowerSwitch } from '../../terminal/answer-sequence.ts';

export interface SwitchboardOptions {
  readonly host: Pick<LabHost, 'cutPower' | 'restorePower'>;
  readonly environment: LabEnvironment;
  readonly definition: Pick<LabDefinition, 'powerSwitches'>;
  /** Called when the learner's hand is on the switch, before the engine acts. */
  readonly onSwitch: (asked: PowerSwitch) => void;
  readonly onProblem: (problem: string) => void;
  readonly signal: AbortSignal;
}

/** The power switches of a lab's nodes, thrown by the `power` commands of a script one after the other. */
export class Switchboard {
  readonly #options: SwitchboardOptions;
  readonly #off = new Set<string>();
  #acting = Promise.resolve();

  constructor(options: SwitchboardOptions) {
    this.#options = options;
  }

  throw(asked: PowerSwitch): void {
    this.#acting = this.#acting.then(() => this.#act(asked));
  }

  /** Resolves when every switch thrown so far has had its effect. */
  async idle(): Promise<void> {
    await this.#acting;
  }

  async #act({ node, on }: PowerSwitch): Promise<void> {
    const { host, environment, definition, onSwitch, onProblem, signal } = this.#options;
    if (!definition.powerSwitches) return onProblem(`this lab has no power switches (${node})`);
    if (environment.nodes.every((one) => one.name !== node)) return onProblem(`there is no node ${node}`);
    if (this.#off.has(node) === !on) return;
    onSwitch({ node, on });
    try {
      if (on) await host.restorePower(environment, node, signal);
      else await host.cutPower(environment, node, signal);
      if (on) this.#off.delete(node);
      else this.#off.add(node);
    } catch (failure) {
      onProblem(`power ${on ? 'on' : 'off'} ${node}: ${String(failure)}`);
    }
  }
}
