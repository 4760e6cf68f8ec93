import type Docker from 'dockerode';

/** Runs a command in a container as root. @returns whether it ended with exit code 0 */
export async function execSucceeds(
  engine: Docker,
  containerId: string,
  command: readonly string[],
): Promise<boolean> {
  const exec = await engine.getContainer(containerId).exec({
    Cmd: [...command],
    AttachStdout: true,
    AttachStderr: true,
  });
  const stream = await exec.start({});
  stream.resume();
  await new Promise((resolve) => stream.once('close', resolve).once('end', resolve).once('error', resolve));
  return (await exec.inspect()).ExitCode === 0;
}
