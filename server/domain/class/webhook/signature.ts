import { createHmac } from 'node:crypto';

const PREFIX = 'whsec_';

/** A secret of Standard Webhooks from these random bytes. */
export function webhookSecret(bytes: Buffer): string {
  return `${PREFIX}${bytes.toString('base64')}`;
}

/**
 * The headers by which a receiver knows that a body is ours, and recent.
 * @param timeS of this try, in epoch seconds
 */
export function signedHeaders(
  secret: string,
  id: string,
  timeS: number,
  body: string,
): Record<string, string> {
  const key = Buffer.from(secret.slice(PREFIX.length), 'base64');
  const signature = createHmac('sha256', key).update(`${id}.${timeS}.${body}`).digest('base64');
  return { 'webhook-id': id, 'webhook-timestamp': String(timeS), 'webhook-signature': `v1,${signature}` };
}
