import type { Config } from './config.ts';

/** Where browsers find this server, and what follows from it. */
export interface WebAddress {
  /** For links that are printed. */
  readonly origin: () => string;
  /** Exactly what a browser may say it comes from: scheme, host and port. */
  readonly origins: () => ReadonlySet<string>;
  /** Hosts under which the operator may ask for `/healthz` on this machine, whatever the public address. */
  readonly localHosts: () => ReadonlySet<string>;
  /** Browsers come by https, through a proxy. */
  readonly isSecure: boolean;
  /** Connections from this machine come from that proxy, which tells whom it speaks for. */
  readonly isBehindProxy: boolean;
  readonly cookieName: () => string;
}

/** @param port the one that was really taken */
export function webAddress(config: Pick<Config, 'host' | 'publicUrl'>, port: () => number): WebAddress {
  const { host, publicUrl } = config;
  const own = (): URL[] =>
    ['127.0.0.1', 'localhost', '[::1]', inBrackets(host)].map((name) => new URL(`http://${name}:${port()}`));
  const isSecure = publicUrl?.startsWith('https:') ?? false;
  return {
    origin: () => publicUrl ?? new URL(`http://${inBrackets(host)}:${port()}`).origin,
    origins: () => new Set(publicUrl === null ? own().map(({ origin }) => origin) : [publicUrl]),
    localHosts: () => new Set(own().map((url) => url.host)),
    isSecure,
    isBehindProxy: publicUrl !== null,
    // Browsers share cookies between ports: the port in the name keeps two servers from signing each other out. The
    // prefix makes the browser itself refuse the cookie from anywhere but this host by https.
    cookieName: () => (isSecure ? '__Host-rollout-lab' : `rollout-lab-${port()}`),
  };
}

function inBrackets(host: string): string {
  return host.includes(':') && !host.startsWith('[') ? `[${host}]` : host;
}
