import { readFileSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import type { WallPart } from '#contract/wall.ts';
import type { ShareUser } from '../docker/share-user.ts';

/** Part `server-split` of the wall. */
export type ServerSplit = Pick<WallPart, 'state' | 'detail'>;

let look = (): ServerSplit => ({ state: 'missing', detail: 'one process does all' });

/** Looks now, at the process that faces the web as it is. Asked where the engine is held. */
export function serverSplit(): ServerSplit {
  return look();
}

/** Said once by whoever starts that process. */
export function provideServerSplit(answer: () => ServerSplit): void {
  look = answer;
}

const OTHERS_WRITE = 0o002;
const GROUP_WRITE = 0o020;

/** What keeps the engine from a user of this machine, or fails to. `null`: nothing is amiss. */
export async function reachesEngine(engineUrl: string, user: ShareUser): Promise<string | null> {
  const url = new URL(engineUrl);
  if (url.protocol !== 'unix:') return `every program of this machine reaches the engine at ${engineUrl}`;
  const socket = await stat(url.pathname).catch(() => null);
  if (socket === null) return null;
  const isOpen =
    (socket.mode & OTHERS_WRITE) !== 0 ||
    socket.uid === user.uid ||
    (socket.gid === user.gid && (socket.mode & GROUP_WRITE) !== 0);
  return isOpen ? `${url.pathname} lets user ${user.uid} in` : null;
}

/** Looks at a running process from outside: the kernel's word for it, not the process's. */
export function rightsLeft(pid: number, user: ShareUser): string | null {
  const status = statusOf(pid);
  const field = (name: string): string =>
    new RegExp(`^${name}:[^\\S\\n]*(.*)$`, 'm').exec(status)?.[1]?.trim() ?? '?';
  const wanted: Record<string, string> = {
    Uid: [user.uid, user.uid, user.uid, user.uid].join('\t'),
    Gid: [user.gid, user.gid, user.gid, user.gid].join('\t'),
    Groups: '',
    CapInh: NO_CAPABILITY,
    CapPrm: NO_CAPABILITY,
    CapEff: NO_CAPABILITY,
    CapBnd: NO_CAPABILITY,
    CapAmb: NO_CAPABILITY,
    NoNewPrivs: '1',
  };
  const differs = Object.keys(wanted).filter((name) => field(name) !== wanted[name]);
  return differs.length === 0 ? null : differs.map((name) => `${name} ${field(name)}`).join(', ');
}

function statusOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/status`, 'utf8');
  } catch {
    return '';
  }
}

const NO_CAPABILITY = '0'.repeat(16);
