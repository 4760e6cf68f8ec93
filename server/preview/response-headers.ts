import type { IncomingMessage } from 'node:http';
import { passedHeaders } from './passed-headers.ts';
import type { Destination } from './request-headers.ts';

export interface Framing extends Destination {
  /** Pages that may show the preview. */
  readonly frameAncestors: string;
}

/** What an application may not decide for a browser that has more than this application open. */
const DROPPED = new Set([
  ...['strict-transport-security', 'clear-site-data', 'service-worker-allowed', 'x-frame-options', 'alt-svc'],
  ...[
    'cross-origin-opener-policy',
    'cross-origin-resource-policy',
    'origin-agent-cluster',
    'referrer-policy',
  ],
  ...['nel', 'report-to', 'reporting-endpoints', 'content-security-policy', 'set-cookie', 'location'],
]);

/** Headers for the browser. Name and value in turn. */
export function headersForBrowser({ rawHeaders, headers }: IncomingMessage, framing: Framing): string[] {
  const { location, 'set-cookie': cookies = [], 'content-security-policy': policy } = headers;
  const own: (readonly [string, string])[] = [
    ...passedHeaders(rawHeaders, DROPPED),
    ...cookies.map((cookie) => ['Set-Cookie', ofThisHost(cookie)] as const),
    ...(location === undefined ? [] : [['Location', seenFromBrowser(location, framing)] as const]),
    ...policiesOf(String(policy ?? ''), framing).map((kept) => ['Content-Security-Policy', kept] as const),
    ...isolation(framing),
  ];
  return own.flat();
}

/** What keeps a preview apart, whatever it answers. */
export function isolation({
  frameAncestors,
}: Pick<Framing, 'frameAncestors'>): (readonly [string, string])[] {
  return [
    ['Content-Security-Policy', `frame-ancestors ${frameAncestors}`],
    ['Cross-Origin-Opener-Policy', 'same-origin'],
    ['Cross-Origin-Resource-Policy', 'same-origin'],
    ['Origin-Agent-Cluster', '?1'],
    // Its address is the key to it.
    ['Referrer-Policy', 'same-origin'],
  ];
}

/** A domain would make it a cookie of the previews beside it, too. */
function ofThisHost(cookie: string): string {
  return cookie
    .split(';')
    .filter((part, at) => at === 0 || !/^\s*domain\s*(=|$)/i.test(part))
    .join(';');
}

/** A way to the application itself, by whatever name, is one within the preview. */
function seenFromBrowser(location: string, { appOrigin, previewOrigin }: Destination): string {
  const to = URL.parse(location, appOrigin);
  const hosts = [new URL(appOrigin).host, new URL(previewOrigin).host];
  if (to === null || !/^https?:$/.test(to.protocol) || !hosts.includes(to.host)) return location;
  return previewOrigin + to.pathname + to.search + to.hash;
}

/** The application's own policies, less what would keep the tab from showing it. */
function policiesOf(header: string, { previewOrigin }: Destination): string[] {
  const isDropped = (directive: string): boolean => {
    const name = directive.trim().split(/\s/, 1)[0]?.toLowerCase();
    const isForHttps = name === 'upgrade-insecure-requests' || name === 'block-all-mixed-content';
    return name === 'frame-ancestors' || (isForHttps && previewOrigin.startsWith('http:'));
  };
  return header
    .split(',')
    .map((policy) => policy.split(';').filter((directive) => !isDropped(directive)))
    .map((directives) => directives.join(';').trim())
    .filter((policy) => policy !== '');
}
