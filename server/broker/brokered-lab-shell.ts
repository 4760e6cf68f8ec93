import { TerminalId } from '#contract/ids.ts';
import { attachCommand } from '../docker/attach-command.ts';
import type { LabNodeRef, LabShell, RunScript } from '../ports.ts';
import type { BrokerClient } from './broker-client.ts';

/** The learner's shells: started and ended by the broker, joined from here through the shared sockets. */
export class BrokeredLabShell implements LabShell {
  readonly #broker: BrokerClient;
  readonly #engineUrl: string;

  constructor(broker: BrokerClient, engineUrl: string) {
    this.#broker = broker;
    this.#engineUrl = engineUrl;
  }

  async start(
    node: LabNodeRef,
    terminalId: string,
    { cols, rows }: { cols: number; rows: number },
    signal: AbortSignal,
  ): Promise<void> {
    const terminal = TerminalId.parse(terminalId);
    await this.#broker.call({ verb: 'startTerminal', ...placeOf(node), terminal, cols, rows }, { signal });
  }

  attachCommand(node: LabNodeRef, terminalId: string): { file: string; args: readonly string[] } {
    return attachCommand(node, terminalId, this.#engineUrl);
  }

  async stop(node: LabNodeRef, terminalId: string, signal: AbortSignal): Promise<void> {
    const terminal = TerminalId.parse(terminalId);
    await this.#broker.call({ verb: 'stopTerminal', ...placeOf(node), terminal }, { signal });
  }

  list(node: LabNodeRef, signal: AbortSignal): Promise<string[]> {
    return this.#broker.call({ verb: 'listTerminals', ...placeOf(node) }, { signal });
  }

  run(
    node: LabNodeRef,
    { script, maxOutputBytes, onOutput }: RunScript,
    signal: AbortSignal,
  ): Promise<{ exitCode: number; output: string }> {
    const streams = onOutput !== undefined;
    const call = { verb: 'runScript', ...placeOf(node), script, maxOutputBytes, streams } as const;
    return this.#broker.call(call, { signal, onOutput });
  }
}

function placeOf({ environmentId, name }: LabNodeRef): { environment: string; node: string } {
  return { environment: environmentId, node: name };
}
