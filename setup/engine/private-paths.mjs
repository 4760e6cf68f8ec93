import path from 'node:path';

/**
 * Everything of the private engine lies below one folder.
 * @param {string} dataDir
 */
export function privateEnginePaths(dataDir) {
  const run = path.join(dataDir, 'run');
  const socket = path.join(run, 'engine.sock');
  return {
    dataDir,
    dataRoot: path.join(dataDir, 'engine'),
    run,
    execRoot: path.join(run, 'exec'),
    socket,
    url: `unix://${socket}`,
    pidFile: path.join(run, 'engine.pid'),
    config: path.join(dataDir, 'engine.json'),
    log: path.join(dataDir, 'engine.log'),
    lock: path.join(dataDir, 'engine.lock'),
    owners: path.join(dataDir, 'owners'),
  };
}

/** @typedef {ReturnType<typeof privateEnginePaths>} PrivateEnginePaths */
