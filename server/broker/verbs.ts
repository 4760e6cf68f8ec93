import type { LabDefinition } from '#contract/definitions.ts';
import { admit } from '../domain/admission.ts';
import { LabError } from '../domain/lab-error.ts';
import type { LabHost, LabShell } from '../ports.ts';
import type { Call, Results, Step, Verb } from './messages.ts';
import { OwnedEnvironments } from './owned-environments.ts';
import { WallProbes } from './wall-probes.ts';

export interface VerbParts {
  readonly host: LabHost;
  readonly shell: LabShell;
  /** What may be created, read from our own files. */
  readonly labs: ReadonlyMap<string, { readonly definition: LabDefinition; readonly filesFolder: string }>;
  /** Warm ones and those that are on their way out count, too. */
  readonly maxEnvironments: number;
}

export interface CallContext {
  readonly signal: AbortSignal;
  readonly onStep: (step: Step) => void;
  readonly onOutput: (chunk: Buffer) => void;
}

export type Verbs = {
  readonly [V in Verb]: (call: Call<V>, context: CallContext) => Promise<Results[V]>;
};

/** What each message does. Whoever sent it is not trusted: not to own what it names, nor to keep to limits. */
export function brokerVerbs({ host, shell, labs, maxEnvironments }: VerbParts): Verbs {
  const owned = new OwnedEnvironments(host);
  const beingMade = new Set<string>();
  const probes = new WallProbes(host);

  const make = async ({ environment: id, lab }: Call<'create'>, { signal, onStep }: CallContext) => {
    const known = labs.get(lab);
    if (known === undefined) throw new LabError('LAB_UNKNOWN', `there is no lab ${lab}`);
    const { definition, filesFolder } = known;
    const made = await host.create({ id, definition, filesFolder, onStep }, signal);
    owned.add(made);
    return made;
  };

  return {
    async create(call, context) {
      const { environment: id, lab } = call;
      if (owned.has(id) || beingMade.has(id)) throw new Error(`environment ${id} exists already`);
      const running = owned.count + beingMade.size;
      if (running >= maxEnvironments) {
        throw new LabError('LAB_CAPACITY_REACHED', `${running} environments exist`, {
          params: { running, limit: maxEnvironments },
        });
      }
      beingMade.add(id);
      try {
        const nodes = labs.get(lab)?.definition.nodes.length ?? 1;
        admit({ nodes, runningLabs: running, maxLabs: undefined }, await host.capacity(context.signal));
        return await make(call, context);
      } finally {
        beingMade.delete(id);
      }
    },
    list: (_call, { signal }) => owned.list(signal),
    async restart({ environment, except }, { signal }) {
      await host.restart(await owned.get(environment, signal), except, signal);
      return null;
    },
    async switchNode({ environment, node, to }, { signal }) {
      await owned.node(environment, node, signal);
      await host.switchNode(await owned.get(environment, signal), node, to, signal);
      return null;
    },
    async pause({ environment, except }, { signal }) {
      await host.pause(await owned.get(environment, signal), except, signal);
      return null;
    },
    async resume({ environment, except }, { signal }) {
      await host.resume(await owned.get(environment, signal), except, signal);
      return null;
    },
    async remove({ environment }, { signal }) {
      // Also of what is half-made and in no list. The host takes only what carries this server's label.
      await host.remove(environment, signal);
      owned.forget(environment);
      return null;
    },
    removeExpired: (_call, { signal }) => host.removeExpired(signal),
    capacity: (_call, { signal }) => host.capacity(signal),
    async usage({ environment }, { signal }) {
      return host.usage(await owned.get(environment, signal), signal);
    },
    wall: (_call, { signal }) => probes.run(signal),
    async startTerminal({ environment, node, terminal, cols, rows }, { signal }) {
      await shell.start(await owned.node(environment, node, signal), terminal, { cols, rows }, signal);
      return null;
    },
    async stopTerminal({ environment, node, terminal }, { signal }) {
      await shell.stop(await owned.node(environment, node, signal), terminal, signal);
      return null;
    },
    async listTerminals({ environment, node }, { signal }) {
      return shell.list(await owned.node(environment, node, signal), signal);
    },
    async runScript({ environment, node, script, maxOutputBytes, streams }, { signal, onOutput }) {
      const request = { script, maxOutputBytes, ...(streams ? { onOutput } : {}) };
      return shell.run(await owned.node(environment, node, signal), request, signal);
    },
  };
}
