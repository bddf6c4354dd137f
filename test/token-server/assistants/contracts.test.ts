import { createHmac, randomBytes } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, onTestFinished, test } from 'vitest';
import { AuthenticationSchema, isProved } from '../../../calls/assistants/authentication.ts';
import { RETELL } from '../../../calls/assistants/retell/retell.ts';
import { VAPI } from '../../../calls/assistants/vapi/vapi.ts';
import { assistantParts, connectAssistant } from '../../support/assistant-parts.ts';
import { insertTenant } from '../../support/tenants.ts';
import { clockFrom } from '../../support/test-clock.ts';
import { useTestDatabase } from '../../support/test-database.ts';
import { startTokenServer } from '../start-token-server.ts';

/** The day of the payloads. */
const CLOCK = clockFrom('2026-12-01T15:00:40Z');
const database = useTestDatabase({ clock: CLOCK });
const masterKey = randomBytes(32);
const FOLDER = new URL('../../fixtures/vapi/', import.meta.url);

interface Contract {
  request?: { path: string; headers: Record<string, string>; body: Record<string, unknown> };
  response?: { status: number };
}

const contracts = readdirSync(FOLDER).map((file) => {
  const text = readFileSync(new URL(file, FOLDER), 'utf8');
  return [file.replace('.json', ''), JSON.parse(text) as Contract] as const;
});
const sent = contracts.filter(
  ([, { request, response }]) => request?.path.startsWith('/api/') && response !== undefined,
);

async function open(secret: string, bringsSecret: boolean) {
  const { db } = database;
  const tenant = await insertTenant(db, { agent: { transferTo: '+12125550200' } });
  const settings = { assistantId: 'bbbbbbbb-0000-4000-8000-000000000002' };
  await connectAssistant(db, tenant, {
    masterKey,
    secret,
    settings,
    authentication: bringsSecret ? VAPI.authentication : { kind: 'token' },
  });
  const authentication = { kind: 'platform' };
  await connectAssistant(db, tenant, {
    masterKey,
    secret: `${secret}-retell`,
    platform: 'retell',
    authentication,
  });
  await connectAssistant(db, tenant, { masterKey, secret, platform: 'elevenlabs' });
  const server = await startTokenServer({
    assistants: assistantParts(db, { masterKey, now: CLOCK.now }),
  });
  onTestFinished(() => server[Symbol.asyncDispose]());
  return { url: server.url, slug: tenant.slug };
}

/** The contract's address as ours: it names the agent. */
function addressOf(path: string, slug: string): string {
  const [, , platform = '', last = ''] = path.split('/');
  if (platform === 'vapi') return path;
  return `/api/tools/${platform}/${slug}${platform === 'elevenlabs' ? `/${last}` : ''}`;
}

describe('a payload of the contract', () => {
  test.for(sent)('%s is answered as its platform reads it', async ([, { request, response }]) => {
    if (!request) throw new Error('no request');
    const secret = randomBytes(16).toString('hex');
    const headers = { ...request.headers };
    const bringsSecret = 'x-vapi-secret' in headers;
    const { url, slug } = await open(secret, bringsSecret);
    const raw = JSON.stringify(request.body);
    if (bringsSecret) headers['x-vapi-secret'] = secret;
    if (headers['authorization']) headers['authorization'] = `Bearer ${secret}`;
    if (headers['x-retell-signature']) {
      const at = String(CLOCK.now().getTime());
      const digest = createHmac('sha256', `${secret}-retell`)
        .update(raw + at)
        .digest('hex');
      headers['x-retell-signature'] = `v=${at},d=${digest}`;
    }
    const answer = await fetch(url + addressOf(request.path, slug), {
      method: 'POST',
      headers,
      body: raw,
    });
    expect(answer.status).toBe(response?.status);
    expect(await answer.json()).toEqual(expectedOf(request.body, response?.status, slug));
  });
});

const ONE_LINE = expect.stringMatching(/^[^\n\r]+$/) as unknown;
const FREE_TIMES = expect.stringMatching(/^Free times for [^\n\r]+$/) as unknown;
const UNAUTHORIZED = expect.objectContaining({ code: 'unauthorized' }) as unknown;
const resultOf = (toolCallId: string): unknown =>
  expect.objectContaining({ toolCallId, result: ONE_LINE });

/** What its platform reads. */
function expectedOf(body: Record<string, unknown>, status: number | undefined, slug: string) {
  if (status !== 200) return { error: UNAUTHORIZED };
  const message = body['message'] as { type: string; toolCallList?: { id: string }[] } | undefined;
  switch (message?.type ?? 'tool') {
    case 'tool-calls':
      return { results: (message?.toolCallList ?? []).map(({ id }) => resultOf(id)) };
    case 'function-call':
    case 'tool':
      return { result: FREE_TIMES };
    case 'assistant-request':
      return {
        assistantId: 'bbbbbbbb-0000-4000-8000-000000000002',
        assistantOverrides: {
          variableValues: {
            agent: slug,
            business: 'Harbor Street Clinic',
            date: 'Tuesday, December 1, 2026',
          },
        },
      };
    case 'transfer-destination-request':
      return { destination: { type: 'number', number: '+12125550200' } };
    default:
      return {};
  }
}

interface Vector {
  for: string;
  header?: string;
  value?: string;
  headers?: Record<string, string>;
}

describe('a signature of the contract', () => {
  const { secret, rawBody, vectors } = JSON.parse(
    readFileSync(new URL('signatures.json', FOLDER), 'utf8'),
  ) as { secret: string; rawBody: string; vectors: Vector[] };
  const settings = [
    { kind: 'token' },
    { kind: 'token', header: 'X-Vapi-Secret', prefix: '' },
    { kind: 'hmac' },
    { kind: 'hmac', header: 'x-vapi-signature', format: '{body}' },
    { kind: 'hmac', prefix: 'sha256=', encoding: 'base64', format: '{body}' },
    { kind: 'platform' },
  ];
  const cases = vectors.map((vector, index) => ({ vector, setting: settings[index] }));

  test.for(cases)('proves by $setting, and by nothing else', ({ vector, setting }) => {
    const authentication = AuthenticationSchema.parse(setting);
    const platform = vector.for === 'retell' ? RETELL : VAPI;
    const headers = vector.headers ?? { [vector.header ?? '']: vector.value ?? '' };
    const check = (change: {
      headers?: Record<string, string>;
      body?: string;
      secret?: string | null;
      at?: number;
    }): boolean =>
      isProved(authentication, {
        request: {
          method: 'POST',
          url: '/api/vapi/webhook',
          headers: change.headers ?? headers,
          rawBody: Buffer.from(change.body ?? rawBody),
        },
        secret: change.secret === undefined ? secret : change.secret,
        platform,
        now: new Date(change.at ?? 1_796_137_234_567),
      });
    expect(check({})).toBe(true);
    expect(check({ secret: 'another' })).toBe(false);
    expect(check({ secret: null })).toBe(false);
    expect(check({ headers: {} })).toBe(false);
    const isSigned = authentication.kind !== 'token';
    expect(check({ body: `${rawBody} ` })).toBe(!isSigned);
    const isTimed = JSON.stringify(headers).includes('1796137234567');
    expect(check({ at: 1_796_137_234_567 + 301_000 })).toBe(!isTimed);
    expect(check({ at: 1_796_137_234_567 - 301_000 })).toBe(!isTimed);
  });
});
