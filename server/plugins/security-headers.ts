import type { FastifyInstance } from 'fastify';
import type { WebAddress } from '../web-address.ts';

/** Where there are no pages, nothing may be done with what is answered. */
const NO_PAGE_POLICY = "default-src 'none'; frame-ancestors 'none'";
const ONE_YEAR_SECONDS = 31_536_000;
/** The terminal copies and pastes; nothing of ours looks, listens or asks where the reader is. */
const PERMISSIONS = [
  ...['camera', 'microphone', 'geolocation', 'usb', 'serial', 'hid', 'midi', 'payment'],
  ...['display-capture', 'screen-wake-lock', 'accelerometer', 'gyroscope', 'magnetometer'],
  ...['publickey-credentials-get', 'browsing-topics', 'xr-spatial-tracking'],
].map((feature) => `${feature}=()`);

/** On every answer, also on refusals and event streams. */
export function addSecurityHeaders(
  app: FastifyInstance,
  options: {
    readonly contentSecurityPolicy: string | null;
    /** What pages may show in frames; `null`: nothing. */
    readonly frameSource: () => string | null;
    readonly address: WebAddress;
  },
): void {
  const headers = {
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'x-frame-options': 'DENY',
    'permissions-policy': PERMISSIONS.join(', '),
    // A browser that has once come by https must not be talked into http; without https it must not be locked out.
    ...(options.address.isSecure ? { 'strict-transport-security': `max-age=${ONE_YEAR_SECONDS}` } : {}),
  };
  const policy = (): string => {
    if (options.contentSecurityPolicy === null) return NO_PAGE_POLICY;
    return `${options.contentSecurityPolicy}; frame-src ${options.frameSource() ?? "'none'"}`;
  };
  app.addHook('onRequest', async (request, reply) => {
    reply.headers(headers).header('content-security-policy', policy());
    if (request.url.startsWith('/api/')) reply.header('cache-control', 'no-store');
  });
}
