import { readFile } from 'node:fs/promises';
import { networkInterfaces } from 'node:os';

export interface EgressSettings {
  /** Empty: this machine's own. */
  readonly nameServers: readonly string[];
  readonly denied: readonly string[];
}

/** The stub of systemd's resolver is no use to a lab; what it asks itself is. */
const RESOLVER_FILES = ['/etc/resolv.conf', '/run/systemd/resolve/resolv.conf'];
const MOST_NAME_SERVERS = 2;

/** What a lab that starts now must not reach, and whom it asks for names. Private ranges are denied by the node itself. */
export async function egressNow(settings: EgressSettings): Promise<EgressSettings> {
  const own = Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .filter(({ family }) => family === 'IPv4')
    .map(({ address }) => address);
  const texts = await Promise.all(RESOLVER_FILES.map((file) => readFile(file, 'utf8').catch(() => '')));
  return {
    denied: [...new Set([...own, ...settings.denied])],
    nameServers: settings.nameServers.length > 0 ? settings.nameServers : usableNameServers(texts, own),
  };
}

/** @param own addresses of this machine, where no lab may come */
export function usableNameServers(resolverTexts: readonly string[], own: readonly string[]): string[] {
  const found = resolverTexts.flatMap((text) =>
    [...text.matchAll(/^nameserver\s+(\d+(?:\.\d+){3})\s*$/gm)].map(([, address = '']) => address),
  );
  const usable = found.filter((address) => !address.startsWith('127.') && !own.includes(address));
  return [...new Set(usable)].slice(0, MOST_NAME_SERVERS);
}
