import { SetupError } from '../setup-error.mjs';

/**
 * @param {NodeJS.Platform | string} [platform]
 * @param {string} [arch]
 * @throws {SetupError}
 */
export function checkPlatform(platform = process.platform, arch = process.arch) {
  if ((platform !== 'linux' && platform !== 'darwin') || (arch !== 'x64' && arch !== 'arm64')) {
    throw new SetupError(`${platform} on ${arch} is not supported.`, {
      todo: 'Use Linux (x64 or arm64), macOS with Docker Desktop, or WSL 2 on Windows.',
    });
  }
}
