import { expect, test } from 'vitest';
import { signedHeaders } from '../../../jobs/webhooks/sign.ts';

/** As the libraries of Standard Webhooks publish it, each with the same. */
const PUBLISHED = {
  secret: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
  content: {
    id: 'msg_p5jXN8AQM9LWM0D4loKWxJek',
    timestamp: 1_614_265_330,
    body: '{"test": 2432232314}',
  },
  signature: 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
};

test('an event is signed as the published example of Standard Webhooks is', () => {
  const { secret, content, signature } = PUBLISHED;
  expect(signedHeaders(content, [secret])).toEqual({
    'webhook-id': content.id,
    'webhook-timestamp': String(content.timestamp),
    'webhook-signature': signature,
  });
});

test('of two secrets each signs, the present one first', () => {
  const { secret, content, signature } = PUBLISHED;
  const other = `whsec_${Buffer.alloc(32, 1).toString('base64')}`;
  const both = signedHeaders(content, [other, secret])['webhook-signature'] ?? '';
  const [first, second] = both.split(' ');
  expect(second).toBe(signature);
  expect(first).toMatch(/^v1,[\w+/]{43}=$/);
  expect(first).not.toBe(second);
});
