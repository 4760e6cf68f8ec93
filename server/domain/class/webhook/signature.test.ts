import { expect, test } from 'vitest';
import { signedHeaders, webhookSecret } from './signature.ts';

test('a signature is that of the Standard Webhooks specification', () => {
  // The example of the specification's reference libraries.
  const headers = signedHeaders(
    'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
    'msg_p5jXN8AQM9LWM0D4loKWxJek',
    1_614_265_330,
    '{"test": 2432232314}',
  );
  expect(headers).toEqual({
    'webhook-id': 'msg_p5jXN8AQM9LWM0D4loKWxJek',
    'webhook-timestamp': '1614265330',
    'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
  });
});

test('a secret is its bytes in base64, marked', () => {
  expect(webhookSecret(Buffer.alloc(24, 1))).toBe(`whsec_${'AQEB'.repeat(8)}`);
});
