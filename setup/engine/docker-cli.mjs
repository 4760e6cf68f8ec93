import { canInstallPackages, installHint, installPackages } from '../apt.mjs';
import { runCommand } from '../command.mjs';
import { findProgram } from '../programs.mjs';
import { SetupError } from '../setup-error.mjs';

/**
 * The docker program, bound to one engine.
 * @param {string} engineUrl
 * @param {AbortSignal} signal
 */
export function dockerCli(engineUrl, signal) {
  /** @type {NodeJS.ProcessEnv} */
  const env = {
    ...process.env,
    DOCKER_HOST: engineUrl,
    BUILDKIT_PROGRESS: 'plain',
    DOCKER_CLI_HINTS: 'false',
  };
  // A context would win over, or argue with, the address.
  delete env.DOCKER_CONTEXT;
  return {
    /**
     * @param {string[]} args
     * @param {Omit<import('../command.mjs').CommandOptions, 'signal' | 'env'>} options
     */
    run: (args, options) => runCommand(findProgram('docker') ?? 'docker', args, { ...options, env, signal }),
  };
}

/** @param {import('../steps/dependencies.mjs').StepContext} context */
export async function provideDockerCli({ progress, signal }) {
  if (findProgram('docker')) return;
  if (!canInstallPackages()) {
    throw new SetupError('The docker program is missing; the images are built with it.', {
      todo: `Install it: ${installHint(['docker-cli'])} (or the docker.io package, which has it on older systems).`,
    });
  }
  // Newer Debian has the program in a package of its own, older ones inside docker.io.
  await progress.run('Installing the docker program', (step) =>
    installPackages(['docker-cli'], { what: 'docker-cli', signal, onLine: step.detail }).catch((error) => {
      if (!(error instanceof SetupError)) throw error;
      return installPackages(['docker.io'], { what: 'docker.io', signal, onLine: step.detail });
    }),
  );
}
