import { canInstallPackages, installHint, installPackages } from '../apt.mjs';
import { provideDockerCli } from '../engine/docker-cli.mjs';
import { findProgram } from '../programs.mjs';

/**
 * Terminals reach a lab's shell through dtach, which costs next to nothing; where it is missing the server spawns
 * `docker exec` for each terminal instead.
 * @param {import('./dependencies.mjs').StepContext} context
 * @returns {Promise<NodeJS.ProcessEnv>} settings for the server
 */
export async function provideTerminals({ progress, signal }) {
  const isRemoteOnly = process.platform !== 'linux' || process.env.ROLLOUT_LAB_SHARE === 'exec';
  if (!isRemoteOnly && findProgram('dtach')) return {};
  if (!isRemoteOnly && canInstallPackages()) {
    await progress.run('Installing dtach for the terminals', (step) =>
      installPackages(['dtach'], { what: 'dtach', signal, onLine: step.detail }),
    );
    return {};
  }
  await provideDockerCli({ progress, signal });
  if (isRemoteOnly || process.env.ROLLOUT_LAB_SHARE) return {};
  progress.note(
    `! dtach is missing: terminals go through docker exec, which is slower. Install: ${installHint(['dtach'])}`,
  );
  return { ROLLOUT_LAB_SHARE: 'exec' };
}
