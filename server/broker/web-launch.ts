import { execFile } from 'node:child_process';
import { realpath } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import type { Config } from '../config.ts';
import { shareRootOf } from '../docker/share-root.ts';
import type { ShareUser } from '../docker/share-user.ts';
import { blockedFolders } from './blocked-folders.ts';
import { reachesEngine } from './server-split.ts';
import { findWebUser } from './web-user.ts';

/** How the process facing the web is started. */
export interface WebLaunch {
  /** `null`: as we are ourselves, because it can't be helped; `reason` says why. */
  readonly user: ShareUser | null;
  readonly reason: string;
  /** Put before a program and its arguments. */
  readonly command: readonly string[];
}

const TRY_MS = 15_000;

/** Files that stand for all the others: a checkout is either readable or it is not. */
const NEEDED = [
  'server/web.ts',
  'contract/api.ts',
  'labs',
  'node_modules/fastify/package.json',
  'node_modules/node-pty',
];

/** Tries out whether a process without root can do the work here. */
export async function planWebLaunch(config: Config): Promise<WebLaunch> {
  const without = (reason: string): WebLaunch => ({ user: null, reason, command: [] });
  if (process.platform !== 'linux' || process.getuid?.() !== 0)
    return without('the server was not started as root, so that it is one user for all');
  if (config.share === 'exec') return without('labs are reached through the engine (ROLLOUT_LAB_SHARE=exec)');
  const user = await findWebUser(config.webUser);
  const open = await reachesEngine(config.engineUrl, user);
  if (open !== null) return without(open);

  const kept = await Promise.all(
    [config.rootDir, config.dataDir, dirname(process.execPath)].map((path) => realpath(path)),
  );
  const shares = shareRootOf(config.dataDir);
  const covered = await blockedFolders([...kept, dirname(shares)]);
  const dropped = [
    ...['setpriv', `--reuid=${user.uid}`, `--regid=${user.gid}`, '--clear-groups', '--no-new-privs'],
    ...['--inh-caps=-all', '--ambient-caps=-all', '--bounding-set=-all', '--'],
  ];
  const launcher = join(config.rootDir, 'server/broker/web-launch.sh');
  const command =
    covered.length === 0
      ? dropped
      : [
          ...['unshare', '--mount', '--propagation', 'slave', '--', 'sh', launcher],
          ...[covered.join('\n'), keptBelow(covered, kept).join('\n')],
          ...dropped,
        ];
  const trouble = await tryOut(command, [
    ...NEEDED.map((name) => join(config.rootDir, name)),
    process.execPath,
  ]);
  return trouble === null ? { user, reason: '', command } : without(trouble);
}

/** Only what got covered has to be put back; an outer folder brings its inner ones along. */
function keptBelow(covered: readonly string[], kept: readonly string[]): string[] {
  const isBelow = (path: string, folder: string): boolean => path === folder || path.startsWith(`${folder}/`);
  const hidden = [...new Set(kept)].filter((path) => covered.some((folder) => isBelow(path, folder)));
  return hidden.filter((path) => !hidden.some((other) => other !== path && isBelow(path, other)));
}

async function tryOut(command: readonly string[], files: readonly string[]): Promise<string | null> {
  const [file = '', ...args] = command;
  const script = 'for file; do test -r "$file" || { echo "can not read $file" >&2; exit 1; }; done';
  try {
    await promisify(execFile)(file, [...args, 'sh', '-c', script, 'sh', ...files], { timeout: TRY_MS });
    return null;
  } catch (failure) {
    const { stderr, message } = failure as Error & { stderr?: string };
    const lines = (stderr ?? '').trim().split('\n').slice(-1);
    return `a process without root does not get along here: ${lines[0] || message}`;
  }
}
