import type { LookupAddress } from 'node:dns';
import { lookup } from 'node:dns/promises';
import { request as requestPlain } from 'node:http';
import { request as requestSecure } from 'node:https';
import { isIP } from 'node:net';
import type { WebhookOutcome } from '#contract/class-webhook.ts';
import type { Attempted, WebhookSender } from '../domain/class/webhook/webhook-ports.ts';
import { isOutside, mayBeNamed } from './outside-address.ts';

interface HttpSenderOptions {
  /** Host names or addresses of the operator's own network: these may be private, and `http`. */
  readonly namedHosts: readonly string[];
  readonly version: string;
  readonly resolve?: (host: string) => Promise<readonly LookupAddress[]>;
}

/**
 * Delivers webhooks without being led into the operator's network: a name is resolved once, every address of it must
 * lead outside, and the connection goes to the address that was looked at. Redirects are not followed, and of the
 * answer only its status is read.
 */
export class HttpWebhookSender implements WebhookSender {
  readonly #named: ReadonlySet<string>;
  readonly #version: string;
  readonly #resolve: (host: string) => Promise<readonly LookupAddress[]>;

  constructor({ namedHosts, version, resolve }: HttpSenderOptions) {
    this.#named = new Set(namedHosts.map((host) => host.toLowerCase()));
    this.#version = version;
    this.#resolve = resolve ?? ((host) => lookup(host, { all: true }));
  }

  async mayReach(url: string, signal: AbortSignal): Promise<boolean> {
    const parsed = URL.parse(url);
    return parsed !== null && (await this.#addressOf(parsed, signal).catch(() => null)) !== null;
  }

  async send(
    { url, body, headers }: Parameters<WebhookSender['send']>[0],
    signal: AbortSignal,
  ): Promise<Attempted> {
    try {
      const target = new URL(url);
      const address = await this.#addressOf(target, signal);
      if (address === null) return failed('refused-address');
      const status = await post(target, address, body, this.#headers(headers, body), signal);
      return { outcome: 'answered', status };
    } catch {
      return failed(signal.aborted ? 'timeout' : 'unreachable');
    }
  }

  #headers(signed: Readonly<Record<string, string>>, body: string) {
    return {
      ...signed,
      'content-type': 'application/json',
      'content-length': String(Buffer.byteLength(body)),
      'user-agent': `rollout-lab/${this.#version}`,
    };
  }

  /** The address to connect to; `null` where that may not be. @throws when the name leads nowhere */
  async #addressOf(url: URL, signal: AbortSignal): Promise<LookupAddress | null> {
    const host = url.hostname.replace(/^\[|\]$/g, '');
    const isNamed = this.#named.has(host);
    if (url.username !== '' || url.password !== '') return null;
    if (url.protocol !== 'https:' && !(isNamed && url.protocol === 'http:')) return null;
    const literal = isIP(host);
    const addresses =
      literal === 0 ? await within(this.#resolve(host), signal) : [{ address: host, family: literal }];
    const mayBe = isNamed ? mayBeNamed : isOutside;
    return addresses.every(({ address }) => mayBe(address)) ? (addresses[0] ?? null) : null;
  }
}

/** Names are resolved by the system, which has no way to be told to stop. */
function within<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const onAbort = () => reject(signal.reason);
    if (signal.aborted) onAbort();
    signal.addEventListener('abort', onAbort, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', onAbort));
  });
}

function post(
  url: URL,
  pinned: LookupAddress,
  body: string,
  headers: Record<string, string>,
  signal: AbortSignal,
): Promise<number> {
  const request = url.protocol === 'https:' ? requestSecure : requestPlain;
  return new Promise((resolve, reject) => {
    const sent = request(url, {
      method: 'POST',
      headers,
      signal,
      agent: false,
      maxHeaderSize: 16 * 1024,
      lookup: (_host, { all }, done) =>
        all ? done(null, [pinned]) : done(null, pinned.address, pinned.family),
    });
    sent.once('error', reject);
    sent.once('response', (response) => {
      resolve(response.statusCode ?? 0);
      response.destroy();
    });
    sent.end(body);
  });
}

function failed(outcome: WebhookOutcome): Attempted {
  return { outcome, status: null };
}
