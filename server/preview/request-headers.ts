import type { IncomingMessage } from 'node:http';
import { passedHeaders } from './passed-headers.ts';

export interface Destination {
  /** As the application knows itself: `http://node1:8080`. */
  readonly appOrigin: string;
  /** As the browser knows it. */
  readonly previewOrigin: string;
  /** Of the site. No application gets it, should a browser ever send it. */
  readonly siteCookie: string;
}

/** Set anew below, or answered by this server. */
const DROPPED = new Set([
  ...['host', 'origin', 'referer', 'cookie', 'expect', 'forwarded', 'x-forwarded-for'],
  ...['x-forwarded-host', 'x-forwarded-proto', 'x-forwarded-port', 'x-real-ip'],
]);

/** Headers for the application, as a browser beside it in the lab would send them. Name and value in turn. */
export function headersForApp({ headers, rawHeaders }: IncomingMessage, to: Destination): string[] {
  const { origin, referer, cookie } = headers;
  const preview = new URL(to.previewOrigin);
  const own: Record<string, string | undefined> = {
    Host: new URL(to.appOrigin).host,
    Origin: origin === to.previewOrigin ? to.appOrigin : origin,
    Referer: referer === undefined ? undefined : seenFromApp(referer, to),
    Cookie: cookie === undefined ? undefined : withoutCookie(cookie, to.siteCookie),
    'X-Forwarded-Host': preview.host,
    'X-Forwarded-Proto': preview.protocol.slice(0, -1),
    // Without a length it comes in pieces, and goes on so.
    'Transfer-Encoding': headers['transfer-encoding'] === undefined ? undefined : 'chunked',
  };
  return [...passedHeaders(rawHeaders, DROPPED), ...Object.entries(own)].flatMap(([name, value]) =>
    value === undefined || value === '' ? [] : [name, value],
  );
}

function seenFromApp(referer: string, { appOrigin, previewOrigin }: Destination): string {
  return referer.startsWith(`${previewOrigin}/`) ? appOrigin + referer.slice(previewOrigin.length) : referer;
}

function withoutCookie(cookie: string, name: string): string {
  return cookie
    .split(';')
    .map((part) => part.trim())
    .filter((part) => part !== '' && part.split('=', 1)[0] !== name)
    .join('; ');
}
