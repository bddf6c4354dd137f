import { createHmac } from 'node:crypto';

/** Numbers from 0 to 1, the same for the same seed (a linear congruential generator, Numerical Recipes). */
export function randomFrom(seed: number): () => number {
  let state = seed;
  return () => (state = (state * 1_664_525 + 1_013_904_223) % 2 ** 32) / 2 ** 32;
}

export interface Forged {
  path: string;
  headers: Record<string, string>;
  body: string;
}

export interface ForgedFor {
  slug: string;
  /** Of the assistant at that agent. */
  secret: string;
  /** Of another agent's. */
  other: string;
  now: Date;
}

const PATHS = (slug: string): string[] => [
  '/api/vapi/webhook',
  `/api/vapi/webhook?agent=${slug}`,
  '/api/vapi/cal-integration',
  `/api/tools/vapi/${slug}`,
  `/api/tools/retell/${slug}`,
  `/api/tools/elevenlabs/${slug}/appointment_create`,
  '/api/tools/vapi/nobody',
  '/api/tools/vapi/%00',
];

/** A request that proves nothing: with no secret, a cut, changed or somebody else's one, or an old signature. */
export function forge(body: string, of: ForgedFor, random: () => number): Forged {
  const { slug, secret, other, now } = of;
  const paths = PATHS(slug);
  const path = paths[Math.floor(random() * paths.length)] ?? '';
  const at = String(now.getTime() - 600_000);
  const signed = (key: string, text: string): string =>
    createHmac('sha256', key).update(text).digest('hex');
  const proofs: Record<string, string>[] = [
    {},
    { authorization: '' },
    { authorization: 'Bearer ' },
    { authorization: `Bearer ${secret.slice(0, -1)}` },
    { authorization: `Bearer ${secret}x` },
    { authorization: `Bearer ${secret.toUpperCase()}X` },
    { authorization: `Basic ${secret}` },
    { 'x-vapi-secret': `${secret} ${secret}` },
    { 'x-signature': signed('wrong', body), 'x-timestamp': at },
    { 'x-signature': signed(secret, `${at}.${body}`), 'x-timestamp': at },
    { 'x-vapi-signature': signed('', body) },
    { 'x-retell-signature': `v=${at},d=${signed(secret, body + at)}` },
    { 'x-retell-signature': 'v=1,d=0' },
  ];
  // Another agent's secret names another agent; at this agent's address it proves nothing.
  if (path.includes(slug)) proofs.push({ authorization: `Bearer ${other}` });
  const proof = proofs[Math.floor(random() * proofs.length)] ?? {};
  return { path, headers: { 'content-type': 'application/json', ...proof }, body };
}

const ODD: (() => unknown)[] = [
  () => null,
  () => '',
  () => 0,
  () => -1,
  () => 1e300,
  () => [],
  () => ({}),
  () => true,
  () => 'x'.repeat(5_000),
  () => '\u0000\ud800\n\r\u2028',
  () => '{"a":',
  () => '[1,2]',
  () => ({ __proto__: { polluted: true }, constructor: { prototype: {} } }),
  () => JSON.parse('{"__proto__":{"polluted":true},"toString":1}') as unknown,
  () => Array.from({ length: 200 }, (_, index) => ({ id: `call_${index}`, name: 'user_read' })),
  () => nested(2_000),
  () => "'; drop table calls; --",
  () => '2026-12-02T14:30:00-05:00',
];

function nested(depth: number): unknown {
  let value: unknown = 'deep';
  for (let level = 0; level < depth; level += 1) value = { value };
  return value;
}

/** A body with some of its values replaced by odd ones, or its text cut or changed. */
export function mutate(body: unknown, random: () => number): string {
  const changed = structuredClone(body);
  for (let changes = Math.ceil(random() * 4); changes > 0; changes -= 1) {
    replaceSomewhere(changed, random);
  }
  const text = JSON.stringify(changed);
  const dice = random();
  if (dice < 0.05) return text.slice(0, Math.floor(random() * text.length));
  if (dice < 0.1) return `${text}${text}`;
  return text;
}

function replaceSomewhere(root: unknown, random: () => number): void {
  let holder = root as Record<string, unknown>;
  for (;;) {
    const keys = Object.keys(holder);
    const key = keys[Math.floor(random() * keys.length)];
    if (key === undefined) return;
    const inner = holder[key];
    if (typeof inner === 'object' && inner !== null && random() < 0.8) {
      holder = inner as Record<string, unknown>;
      continue;
    }
    const odd = ODD[Math.floor(random() * ODD.length)];
    holder[key] = odd?.();
    return;
  }
}
