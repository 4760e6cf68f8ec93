import { join } from 'node:path';
import type { Config } from '../config.ts';
import { DockerLabHost } from '../docker/lab-host.ts';
import { DockerLabShell } from '../docker/lab-shell.ts';
import type { ShareUser } from '../docker/share-user.ts';
import { ownerIdOf } from '../owner-id.ts';

/**
 * The labs of this data folder's owner, by the engine itself. Only the process that holds its socket can.
 * @param webUser who uses the labs' sockets; `null`: we do
 */
export async function dockerLabs(
  config: Config,
  webUser: ShareUser | null,
): Promise<{ host: DockerLabHost; shell: DockerLabShell }> {
  const { engineUrl, nodeImage, dataDir, share } = config;
  const owner = await ownerIdOf(dataDir);
  const shareUser = webUser ?? undefined;
  const seccompFile = join(config.rootDir, 'labs/images/node/seccomp.json');
  const { egress, mode, acceptedRisks } = config;
  const allowsUnfiltered = mode === 'alone' || acceptedRisks.includes('network-filter');
  return {
    host: new DockerLabHost({
      engineUrl,
      nodeImage,
      dataDir,
      seccompFile,
      owner,
      share,
      shareUser,
      egress,
      allowsUnfiltered,
    }),
    shell: new DockerLabShell({ engineUrl, shareUser }),
  };
}
