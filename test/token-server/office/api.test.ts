import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openDatabase } from '../../../db/database.ts';
import { KEY_PREFIX } from '../../../manage/accounts/api-keys.ts';
import { makeSecretToken } from '../../../manage/accounts/secret-token.ts';
import { useTestDatabase } from '../../support/test-database.ts';
import { rawRequest } from '../raw-request.ts';
import { makeTenant } from './make-tenant.ts';
import type { OfficeTenant } from './make-tenant.ts';
import { OFFICE, startOffice } from './start-office.ts';
import type { RunningOffice } from './start-office.ts';

const database = useTestDatabase();
let office: RunningOffice;
let tenant: OfficeTenant;
let root: string;
beforeAll(async () => {
  office = await startOffice(database.db);
  tenant = await makeTenant(database.db, office);
  root = `/api/v1/organizations/${tenant.organizationId}`;
});
afterAll(() => office[Symbol.asyncDispose]());

const desk = (slug: string) => ({ slug, name: 'Front desk', businessName: 'Harbor Street Clinic' });
const withKey = (token: string) => ({ Authorization: `Bearer ${token}` });

async function auditOf(subjectKind: string): Promise<{ action: string }[]> {
  const { body } = await tenant.browsers.owner.send(
    'GET',
    `${root}/audit-log?subject=${subjectKind}`,
  );
  return (body as { items: { action: string }[] }).items;
}

describe('an edit', () => {
  test('is made from what stands: of two who read the same one is told to read again', async () => {
    const { admin, owner } = tenant.browsers;
    await admin.send('POST', `${root}/agents`, desk('edited'));
    const read = await admin.send('GET', `${root}/agents/edited`);
    const etag = read.headers.get('etag') ?? '';
    expect(etag).toMatch(/^"[\w-]{22}"$/);
    const edits = await Promise.all(
      [admin, owner].map((browser, at) =>
        browser.send(
          'PATCH',
          `${root}/agents/edited`,
          { name: `Desk ${at}` },
          { 'If-Match': etag },
        ),
      ),
    );
    expect(new Set(edits.map(({ status }) => status))).toEqual(new Set([200, 412]));
    const done = edits.find(({ status }) => status === 200);
    const after = await admin.send('GET', `${root}/agents/edited`);
    expect(after.headers.get('etag')).toBe(done?.headers.get('etag'));
    const blind = await admin.send('PATCH', `${root}/agents/edited`, { name: 'Desk' });
    expect(blind.body).toMatchObject({ code: 'if_match_required', field: 'If-Match' });
  });

  test('is made from what a proxy has compressed and so calls weak, and not from what was before', async () => {
    const { admin } = tenant.browsers;
    await admin.send('POST', `${root}/agents`, desk('compressed'));
    const read = await admin.send('GET', `${root}/agents/compressed`);
    const weak = { 'If-Match': `W/${read.headers.get('etag')}` };
    const edit = (name: string) => admin.send('PATCH', `${root}/agents/compressed`, { name }, weak);
    expect((await edit('Reception')).status).toBe(200);
    expect((await edit('Desk')).status).toBe(412);
  });

  test('is in the audit log with what changed, and what was refused is not', async () => {
    const { admin, staff } = tenant.browsers;
    await admin.send('POST', `${root}/agents`, desk('told'));
    const before = (await auditOf('agent')).length;
    const edit = { name: 'Reception', recording: true };
    await staff.send('PATCH', `${root}/agents/told`, edit, { 'If-Match': '*' });
    await admin.send('PATCH', `${root}/agents/told`, { voice: 'NO' }, { 'If-Match': '*' });
    await admin.send('PATCH', `${root}/agents/told`, edit, { 'If-Match': '*' });
    const log = await auditOf('agent');
    expect(log).toHaveLength(before + 1);
    expect(log[0]).toMatchObject({
      action: 'agent.edited',
      actor: { kind: 'user', name: 'Mary Smith' },
      before: { name: 'Front desk', recording: false },
      after: edit,
    });
  });
});

describe('an Idempotency-Key', () => {
  test('has a write done once, also by ten at once, and answers all alike', async () => {
    const { admin } = tenant.browsers;
    const ask = () =>
      admin.send('POST', `${root}/agents`, desk('once-only'), { 'Idempotency-Key': 'a-click' });
    const answers = await Promise.all(Array.from({ length: 10 }, ask));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201]));
    expect(new Set(answers.map(({ body }) => JSON.stringify(body))).size).toBe(1);
    const replayed = answers.filter(
      ({ headers }) => headers.get('idempotency-replayed') === 'true',
    );
    expect(replayed).toHaveLength(9);
    const made = (await auditOf('agent')).filter(({ action }) => action === 'agent.made');
    expect(made.filter((entry) => JSON.stringify(entry).includes('once-only'))).toHaveLength(1);
  });

  test('is bound to its request and to whoever sent it', async () => {
    const { admin, owner } = tenant.browsers;
    const key = { 'Idempotency-Key': 'another-click' };
    await admin.send('POST', `${root}/agents`, desk('bound'), key);
    const other = await admin.send('POST', `${root}/agents`, desk('bound-2'), key);
    expect(other.body).toMatchObject({ code: 'idempotency_key_reused', status: 422 });
    const elsewhere = await owner.send('POST', `${root}/agents`, desk('bound-3'), key);
    expect(elsewhere.status).toBe(201);
  });

  test('is free again where nothing was done', async () => {
    const { admin } = tenant.browsers;
    const key = { 'Idempotency-Key': 'a-third-click' };
    const taken = await admin.send('POST', `${root}/agents`, desk(tenant.slug), key);
    expect(taken.body).toMatchObject({ code: 'taken', field: 'slug', status: 409 });
    const again = await admin.send('POST', `${root}/agents`, desk('free-again'), key);
    expect(again.status).toBe(201);
  });
});

describe('an API key', () => {
  test('is shown once, works by its scopes, and is known by its digest alone', async () => {
    const { admin } = tenant.browsers;
    const made = await admin.send('POST', `${root}/api-keys`, {
      name: 'Website',
      scopes: ['agents:read'],
    });
    const { key, id, start } = made.body as { key: string; id: string; start: string };
    expect(key).toMatch(/^sl_live_[\w-]{43}$/);
    expect(key.startsWith(start)).toBe(true);
    const program = office.browser();
    const list = await program.send('GET', `${root}/agents`, undefined, withKey(key));
    expect(list.status).toBe(200);
    expect((await program.send('GET', '/api/v1/me', undefined, withKey(key))).body).toMatchObject({
      kind: 'key',
      organizations: [{ id: tenant.organizationId, may: ['agents:read'] }],
    });
    const listed = await admin.send('GET', `${root}/api-keys`);
    expect(JSON.stringify(listed.body)).not.toContain(key);
    expect(JSON.stringify(await auditOf('api-key'))).not.toContain(key);
    expect((listed.body as { items: object[] }).items[0]).toMatchObject({
      id,
      lastUsedAt: expect.any(String) as string,
    });
    expect((await admin.send('DELETE', `${root}/api-keys/${id}`)).status).toBe(200);
    const revoked = await program.send('GET', `${root}/agents`, undefined, withKey(key));
    expect(revoked.body).toMatchObject({ code: 'key_refused', status: 401 });
  });

  test('is refused alike where it is unknown, revoked or too old', async () => {
    const { token } = await tenant.makeKey(['agents:read'], { expiresAt: new Date(0) });
    const answers = await Promise.all(
      [token, `${token}x`, 'sl_live_', 'Basic'].map((each) =>
        office.browser().send('GET', `${root}/agents`, undefined, withKey(each)),
      ),
    );
    for (const { body } of answers) expect(body).toEqual(answers[0]?.body);
    expect(answers[0]?.status).toBe(401);
  });

  test('is what a bearer sends: the password of a proxy is none', async () => {
    const { owner } = tenant.browsers;
    const list = (authorization: string) =>
      owner.send('GET', `${root}/agents`, undefined, { Authorization: authorization });
    expect((await list('Basic bWFyeTpzZWNyZXQ=')).status).toBe(200);
    expect((await list('Bearer')).body).toMatchObject({ code: 'key_refused' });
  });

  test('asks as often as it may, and no more', async () => {
    const { token } = await tenant.makeKey(['agents:read'], { requestsPerMinute: 3 });
    const ask = () => office.browser().send('GET', `${root}/agents`, undefined, withKey(token));
    const answers = [await ask(), await ask(), await ask(), await ask()];
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 429]);
    expect(answers[3]?.headers.get('retry-after')).toMatch(/^\d+$/);
  });

  test('that carries a secret is not kept for a second answer', async () => {
    const answer = await tenant.browsers.admin.send(
      'POST',
      `${root}/api-keys`,
      { name: 'Website', scopes: ['agents:read'] },
      { 'Idempotency-Key': 'twice' },
    );
    expect(answer.body).toMatchObject({ code: 'invalid_request', field: 'Idempotency-Key' });
  });
});

test('makes no session longer, whose cookie it could not make longer', async () => {
  const { viewer } = tenant.browsers;
  const { body } = await viewer.send('GET', '/api/auth/get-session');
  const { session } = body as { session: { id: string } };
  const ends = async () =>
    (
      await database.db
        .selectFrom('userSessions')
        .select('expiresAt')
        .where('id', '=', session.id)
        .executeTakeFirstOrThrow()
    ).expiresAt;
  await sql`
    update user_sessions set expires_at = slotline_now() + interval '2 days'
    where id = ${session.id}`.execute(database.db);
  const before = await ends();
  expect((await viewer.send('GET', '/api/v1/me')).status).toBe(200);
  expect(await ends()).toEqual(before);
  const renewed = await viewer.send('GET', '/api/auth/get-session');
  expect(renewed.headers.getSetCookie().join()).toContain('session_token');
  expect((await ends()).getTime()).toBeGreaterThan(before.getTime());
});

test('does nothing that the page of another site asks for with a cookie', async () => {
  const { admin } = tenant.browsers;
  for (const headers of [{ Origin: 'https://elsewhere.example' }, { Origin: 'null' }]) {
    const answer = await admin.send('POST', `${root}/agents`, desk('lured'), headers);
    expect(answer.body).toMatchObject({ code: 'origin_refused', status: 403 });
  }
});

test.each([
  [{ slug: 'Not A Slug', name: 'x', businessName: 'y' }, 'slug'],
  [{ slug: 'desk', name: 'x' }, 'businessName'],
  [{ slug: 'desk', name: 'x', businessName: 'y', instructions: 'a\0b' }, 'instructions'],
  [{ slug: 'desk', name: 'x', businessName: 'y', instructions: 'a\ud800b' }, 'instructions'],
  [{ slug: 'desk', name: 'x', businessName: 'y', greeting: 'Hello\0' }, 'greeting'],
  [{ slug: 'desk', name: 'x', businessName: 'y', admin: true }, 'admin'],
  [{ slug: 'desk', name: 'x', businessName: 'y', language: 'xx-not' }, 'language'],
])('names the field at fault of %j', async (body, field) => {
  const answer = await tenant.browsers.admin.send('POST', `${root}/agents`, body);
  expect(answer.body).toMatchObject({ code: 'invalid_request', status: 400, field });
});

test('describes itself for programs and for people, without anything from elsewhere', async () => {
  const browser = office.browser();
  const document = await browser.send('GET', '/api/v1/openapi.json');
  expect(document.body).toMatchObject({
    openapi: '3.1.1',
    paths: {
      '/organizations/{organizationId}/agents/{slug}': { patch: { operationId: 'editAgent' } },
    },
  });
  const page = await browser.send('GET', '/api/v1');
  expect(page.headers.get('content-type')).toMatch(/^text\/html/);
  expect(page.body).toContain('PATCH /api/v1/organizations/{organizationId}/agents/{slug}');
  // Addresses stand in examples; nothing is loaded from any.
  expect(page.body).not.toMatch(/(?:src|href)="https?:|url\(|@import|<script/);
});

test('a first line that names any server and port is answered by its path', async () => {
  const { owner } = tenant.browsers;
  const cookie = [...owner.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  for (const [path, status] of [
    [`${root}/agents?limit=1`, 200],
    [`${root}/agents?limit=none`, 400],
    ['/api/auth/get-session', 200],
  ] as const) {
    const answer = await rawRequest(office.url, 'GET', `http://localhost:99999${path}`, { cookie });
    expect(answer.status).toBe(status);
  }
});

test('who removes what they read part by part hears that the place is gone, not that nothing follows', async () => {
  const { owner } = tenant.browsers;
  for (let number = 1; number <= 3; number += 1) {
    const made = await owner.send('POST', `${root}/blocked-callers`, {
      number: `+1202555017${number}`,
      reason: 'spam',
    });
    expect(made.status).toBe(201);
  }
  const list = (after = '') =>
    owner.send('GET', `${root}/blocked-callers?limit=2${after}`) as Promise<{
      status: number;
      body: { items: { id: string }[]; next: string; code?: string; field?: string };
    }>;
  const { items, next } = (await list()).body;
  for (const { id } of items) await owner.send('DELETE', `${root}/blocked-callers/${id}`);
  const behind = await list(`&after=${next}`);
  expect(behind.status).toBe(400);
  expect(behind.body).toMatchObject({ code: 'invalid_request', field: 'after' });
  expect((await list()).body.items).toHaveLength(1);
});

test('a body that is nested by the thousand is refused, and nobody runs out of stack', async () => {
  const { admin } = tenant.browsers;
  const text = `{"seed":${'['.repeat(12_000)}${']'.repeat(12_000)}}`;
  for (const [path, body] of [
    [`${root}/calendars`, `{"provider":"fake","name":"Deep","settings":${text}}`],
    ['/api/auth/update-user', `{"name":"Mary Smith","data":${text}}`],
  ] as const) {
    const response = await fetch(`${office.url}${path}`, {
      method: 'POST',
      headers: {
        Origin: OFFICE,
        Cookie: [...admin.cookies].map(([name, value]) => `${name}=${value}`).join('; '),
        'Content-Type': 'application/json',
        'Idempotency-Key': 'deep',
      },
      body,
    });
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ code: 'invalid_request', field: 'body' });
  }
});

test('a database that is away is told as that, and when to come again', async () => {
  const away = openDatabase({ connectionString: 'postgres://slotline@127.0.0.1:9/away' });
  await using cut = await startOffice(away);
  const { token } = makeSecretToken(KEY_PREFIX);
  const answer = await cut.browser().send('GET', '/api/v1/me', undefined, withKey(token));
  expect(answer.status).toBe(503);
  expect(answer.body).toMatchObject({ code: 'not_ready' });
  expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
  await away.destroy();
});

test('what names no field is wrong with the body, or a state and no fault of the request', async () => {
  const { admin } = tenant.browsers;
  await admin.send('POST', `${root}/agents`, desk('unchanged'));
  const any = { 'If-Match': '*' };
  const edit = await admin.send('PATCH', `${root}/agents/unchanged`, {}, any);
  expect(edit.body).toMatchObject({ code: 'invalid_request', status: 400, field: 'body' });
  const publish = await admin.send('POST', `${root}/agents/unchanged/publish`, undefined, any);
  expect(publish.body).toMatchObject({ code: 'refused', status: 409 });
});
