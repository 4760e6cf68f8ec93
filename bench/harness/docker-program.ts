import { runProgram } from './child-process.ts';

const COMMAND_DEADLINE_MS = 60_000;

export interface DockerCall {
  readonly engineUrl: string;
  readonly signal: AbortSignal;
  readonly input?: Buffer;
}

export function docker(args: readonly string[], { engineUrl, ...rest }: DockerCall): Promise<string> {
  const env = { DOCKER_HOST: engineUrl, DOCKER_CONTEXT: undefined };
  return runProgram('docker', args, { deadlineMs: COMMAND_DEADLINE_MS, env, ...rest });
}
