import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { ConfigError } from '../config.ts';
import type { ShareUser } from '../docker/share-user.ts';

const LOOK_UP_MS = 5_000;

/**
 * A number needs no account; its group has the same number. The default stands in no range that Debian, systemd or
 * our labs (from 100000 on) give ids out of, so that no other program has it.
 * @throws {ConfigError} when there is no user of that name, or it is root
 */
export async function findWebUser(nameOrId: string): Promise<ShareUser> {
  if (/^\d+$/.test(nameOrId)) return { uid: Number(nameOrId), gid: Number(nameOrId) };
  const ask = async (flag: string): Promise<number> => {
    const { stdout } = await promisify(execFile)('id', [flag, nameOrId], { timeout: LOOK_UP_MS });
    return Number(stdout.trim());
  };
  const [uid, gid] = await Promise.all([ask('-u'), ask('-g')]).catch((cause: unknown) => {
    throw new ConfigError(`ROLLOUT_LAB_WEB_USER: there is no user "${nameOrId}".`, { cause });
  });
  if (uid === 0 || gid === 0) throw new ConfigError(`ROLLOUT_LAB_WEB_USER: "${nameOrId}" is root.`);
  return { uid, gid };
}
