import { readdir, readFile, readlink, stat } from 'node:fs/promises';
import { ENGINE_URL } from '../../e2e/product/settings.ts';
import { nothingFound, type Outcome } from '../attack.ts';
import type { AttackedSite } from './site.ts';

const LISTENING = '0A';

/** Who listens on the product's port, and what it may do. */
export async function webProcessComplaints({ server }: AttackedSite): Promise<Outcome> {
  const inode = await listeningInode(server.port);
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const holders: string[] = [];
  for (const pid of pids) if (await holds(pid, `socket:[${inode}]`)) holders.push(pid);
  if (holders.length === 0) throw new Error('nobody was found who listens on the port');
  const complaints = (await Promise.all(holders.map(complaintsAbout))).flat();
  return nothingFound(complaints, 'no root, no capability, no right to the engine’s socket');
}

async function listeningInode(port: number): Promise<string> {
  const wanted = port.toString(16).toUpperCase().padStart(4, '0');
  for (const table of ['/proc/net/tcp', '/proc/net/tcp6']) {
    for (const line of (await readFile(table, 'utf8').catch(() => '')).split('\n')) {
      const columns = line.trim().split(/\s+/);
      if (columns[1]?.endsWith(`:${wanted}`) && columns[3] === LISTENING) return columns[9] ?? '';
    }
  }
  throw new Error(`nobody listens on ${port}`);
}

async function holds(pid: string, what: string): Promise<boolean> {
  const files = await readdir(`/proc/${pid}/fd`).catch(() => []);
  const targets = await Promise.all(files.map((file) => readlink(`/proc/${pid}/fd/${file}`).catch(() => '')));
  return targets.includes(what);
}

async function complaintsAbout(pid: string): Promise<string[]> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  const field = (name: string): string[] =>
    new RegExp(`^${name}:\\s+(.*)$`, 'm').exec(status)?.[1]?.split(/\s+/) ?? [];
  const name = field('Name')[0];
  const uids = field('Uid').map(Number);
  const groups = [...field('Gid'), ...field('Groups')].filter(Boolean).map(Number);
  const complaints = [
    ...(uids.includes(0) ? [`${name} is root`] : []),
    ...(BigInt(`0x${field('CapEff')[0] ?? '0'}`) === 0n ? [] : [`${name} has capabilities`]),
  ];
  const socketPath = /^unix:\/\/(.+)$/.exec(ENGINE_URL)?.[1];
  if (socketPath !== undefined) {
    const socket = await stat(socketPath);
    const mayWrite =
      (uids.includes(socket.uid) && socket.mode & 0o200) ||
      (groups.includes(socket.gid) && socket.mode & 0o020) ||
      socket.mode & 0o002;
    if (mayWrite) complaints.push(`${name} may use the engine’s socket`);
  }
  return complaints;
}
