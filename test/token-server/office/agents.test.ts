import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parseCallMetadata } from '../../../calls/call-metadata.ts';
import { findTestedContent } from '../../../db/calls/test-calls.ts';
import { insertCall } from '../../../db/calls/calls.ts';
import { insertEndpoint } from '../../../db/webhooks/endpoints.ts';
import { editAgent } from '../../../manage/agents.ts';
import { setFact } from '../../../manage/facts.ts';
import { useTestDatabase } from '../../support/test-database.ts';
import { makeTenant } from './make-tenant.ts';
import type { OfficeTenant } from './make-tenant.ts';
import { startOffice } from './start-office.ts';
import type { Answer, RunningOffice } from './start-office.ts';

const database = useTestDatabase();
let office: RunningOffice;
let tenant: OfficeTenant;
let root: string;
let made = 0;
beforeAll(async () => {
  office = await startOffice(database.db);
  tenant = await makeTenant(database.db, office);
  root = `/api/v1/organizations/${tenant.organizationId}/agents`;
});
afterAll(() => office[Symbol.asyncDispose]());

const ANY = { 'If-Match': '*' };
const HOURS = { topic: 'Opening hours', text: 'Monday to Friday from nine to six.' };

interface Change {
  field: string;
  topic: string | null;
  before: unknown;
  after: unknown;
}
interface Draft {
  content: Record<string, unknown>;
  changes: Change[];
  editedAt: string | null;
  editedBy: string | null;
  published: { number: number; publishedBy: string | null } | null;
}

/** An agent of its own for each test; answers its address. */
async function makeAgent(): Promise<{ slug: string; at: string }> {
  const slug = `desk-${(made += 1)}`;
  const names = { name: 'Front desk', businessName: 'Harbor Street Clinic' };
  const { status } = await tenant.browsers.admin.send('POST', root, { slug, ...names });
  expect(status).toBe(201);
  return { slug, at: `${root}/${slug}` };
}

const send = (
  method: string,
  path: string,
  body?: unknown,
  headers: Record<string, string> = ANY,
) => tenant.browsers.admin.send(method, path, body, headers);
const draftIn = ({ body }: Answer) => body as Draft;

async function versionsOf(at: string): Promise<{ number: number; changes: Change[] }[]> {
  const { body } = await send('GET', `${at}/versions`);
  return (body as { items: { number: number; changes: Change[] }[] }).items;
}

describe('a draft', () => {
  test('changes nothing for callers until it is published, and then all of it', async () => {
    const { at } = await makeAgent();
    const change = { greeting: 'Good morning.', voice: 'cedar', facts: [HOURS] };
    const drafted = draftIn(await send('PATCH', `${at}/draft`, change));
    expect(drafted.changes).toEqual([
      { field: 'voice', topic: null, before: 'marin', after: 'cedar' },
      { field: 'greeting', topic: null, before: null, after: 'Good morning.' },
      { field: 'facts', topic: HOURS.topic, before: null, after: HOURS.text },
    ]);
    expect(drafted.editedBy).toBe('Mary Smith');
    expect((await send('GET', at)).body).toMatchObject({ voice: 'marin', greeting: null });
    const published = draftIn(await send('POST', `${at}/publish`));
    expect(published).toMatchObject({
      changes: [],
      editedAt: null,
      published: { number: 2, publishedBy: 'Mary Smith' },
    });
    expect((await send('GET', at)).body).toMatchObject({
      voice: 'cedar',
      greeting: 'Good morning.',
    });
    const { rows } = await sql`
      select topic, text, configuration::text from business_facts`.execute(database.db);
    expect(rows).toEqual([{ ...HOURS, configuration: 'english' }]);
    const again = await send('POST', `${at}/publish`);
    expect(again.body).toMatchObject({ status: 409, detail: expect.stringContaining('nothing') });
  });

  test('is made from what stands, and undoes no edit that was made past it', async () => {
    const { at, slug } = await makeAgent();
    const etag = (await send('GET', `${at}/draft`)).headers.get('etag') ?? '';
    expect(
      (await send('PATCH', `${at}/draft`, { voice: 'cedar' }, { 'If-Match': etag })).status,
    ).toBe(200);
    const late = await send('PATCH', `${at}/draft`, { voice: 'ash' }, { 'If-Match': etag });
    expect(late.body).toMatchObject({ code: 'changed_since' });
    expect((await send('POST', `${at}/publish`, undefined, { 'If-Match': etag })).status).toBe(412);
    // As the command line does.
    await editAgent(database.db, tenant.organizationId, slug, { name: 'Reception' });
    await send('POST', `${at}/publish`);
    expect((await send('GET', at)).body).toMatchObject({ name: 'Reception', voice: 'cedar' });
  });

  test('is no draft once it says what is published, and can be discarded', async () => {
    const { at } = await makeAgent();
    await send('PATCH', `${at}/draft`, { voice: 'cedar', recording: true });
    expect(draftIn(await send('PATCH', `${at}/draft`, { voice: 'marin' })).changes).toHaveLength(1);
    expect(draftIn(await send('DELETE', `${at}/draft`))).toMatchObject({
      changes: [],
      editedAt: null,
      content: { voice: 'marin', recording: false },
    });
  });

  test.each([
    [{ voice: 'NO' }, 'voice'],
    [{ language: 'pl' }, 'language'],
    [{ longestCallMinutes: 0 }, 'longestCallMinutes'],
    [{ facts: [{ topic: 'Hours' }] }, 'facts.0.text'],
    [{ facts: [{ ...HOURS, text: 'a\0b' }] }, 'facts.0.text'],
    [{ facts: [HOURS, HOURS] }, 'facts'],
    [{ slug: 'another' }, 'slug'],
    [{ enabled: false }, 'enabled'],
  ])('refuses %j and names the field', async (change, field) => {
    const { at } = await makeAgent();
    const { body } = await send('PATCH', `${at}/draft`, change);
    expect(body).toMatchObject({ code: 'invalid_request', field });
    expect(draftIn(await send('GET', `${at}/draft`)).changes).toEqual([]);
  });

  test('has its facts taken apart in the language that is published with them', async () => {
    const { at, slug } = await makeAgent();
    await setFact(database.db, tenant.organizationId, { agent: slug, ...HOURS, topic: 'Dogs' });
    await send('PATCH', `${at}/draft`, { language: 'de' });
    await send('POST', `${at}/publish`);
    const { rows } = await sql`
      select configuration::text from business_facts where topic = 'Dogs'`.execute(database.db);
    expect(rows).toEqual([{ configuration: 'german' }]);
  });
});

test('a publish is told to the systems that listen, once for each version', async () => {
  const { organizationId } = tenant;
  await insertEndpoint(database.db, {
    id: randomUUID(),
    organizationId,
    url: 'https://example.com',
    description: '',
    events: ['agent.published'],
    enabled: true,
    secret: Buffer.alloc(1),
  });
  const { at } = await makeAgent();
  const { id } = (await send('GET', at)).body as { id: string };
  await send('PATCH', `${at}/draft`, { voice: 'cedar' });
  await send('PATCH', at, { enabled: false });
  await send('POST', `${at}/publish`);
  const events = await database.db
    .selectFrom('webhookEvents')
    .select(['kind', 'facts'])
    .where('subjectId', '=', id)
    .execute();
  expect(events).toEqual([{ kind: 'agent.published', facts: { version: 2 } }]);
});

describe('the history', () => {
  test('has every version, also of edits at the command line, and who made it', async () => {
    const { at, slug } = await makeAgent();
    const { organizationId } = tenant;
    await setFact(database.db, organizationId, { agent: slug, ...HOURS });
    await send('PATCH', `${at}/draft`, { recording: true, facts: [] });
    await send('POST', `${at}/publish`);
    expect(await versionsOf(at)).toMatchObject([
      {
        number: 3,
        publishedBy: 'Mary Smith',
        changes: [
          { field: 'recording', before: false, after: true },
          { field: 'facts', topic: HOURS.topic, before: HOURS.text, after: null },
        ],
      },
      { number: 2, publishedBy: null, changes: [{ topic: HOURS.topic, before: null }] },
      { number: 1, publishedBy: 'Mary Smith', changes: [] },
    ]);
    const first = await send('GET', `${at}/versions?limit=2`);
    const { items, next } = first.body as { items: { number: number }[]; next: string };
    expect(items.map(({ number }) => number)).toEqual([3, 2]);
    const rest = await send('GET', `${at}/versions?limit=2&after=${next}`);
    expect(rest.body).toMatchObject({ items: [{ number: 1, changes: [] }], next: null });
    expect((await send('GET', `${at}/versions/2`)).body).toMatchObject({
      number: 2,
      content: { recording: false, facts: [HOURS] },
    });
  });

  test('begins with what stood, where an agent is older than it', async () => {
    const at = `${root}/${tenant.slug}`;
    await send('PATCH', `${at}/draft`, { voice: 'cedar' });
    expect(draftIn(await send('GET', `${at}/draft`)).published).toBe(null);
    await send('POST', `${at}/publish`);
    expect(await versionsOf(at)).toMatchObject([
      { number: 2, changes: [{ field: 'voice', before: 'marin', after: 'cedar' }] },
      { number: 1, changes: [] },
    ]);
  });

  test('is restored into the draft, where it is seen before callers meet it', async () => {
    const { at } = await makeAgent();
    await send('PATCH', `${at}/draft`, { voice: 'cedar', facts: [HOURS] });
    await send('POST', `${at}/publish`);
    await send('PATCH', `${at}/draft`, { name: 'Nobody' });
    const restored = draftIn(await send('POST', `${at}/versions/1/restore`));
    expect(restored.changes).toMatchObject([
      { field: 'voice', before: 'cedar', after: 'marin' },
      { field: 'facts', before: HOURS.text, after: null },
    ]);
    expect((await send('GET', at)).body).toMatchObject({ voice: 'cedar' });
    const published = draftIn(await send('POST', `${at}/publish`));
    expect(published).toMatchObject({
      content: { voice: 'marin', name: 'Front desk', facts: [] },
      published: { number: 3 },
    });
    const missing = await send('POST', `${at}/versions/99/restore`);
    expect(missing.body).toMatchObject({ status: 404, field: 'number' });
  });
});

describe('a test call', () => {
  test('carries the draft to the worker for its one room, and nothing of it in the token', async () => {
    const { at, slug } = await makeAgent();
    await send('PATCH', at, { enabled: false });
    await send('PATCH', `${at}/draft`, { greeting: 'A greeting to try.', facts: [HOURS] });
    const { status, body } = await send('POST', `${at}/test-calls`, { timeZone: 'Europe/Paris' });
    expect(status).toBe(201);
    const { token, roomName, serverUrl } = body as Record<string, string>;
    expect(serverUrl).toBe('wss://calls.example.com');
    const [, claims = ''] = (token ?? '').split('.');
    const written = Buffer.from(claims, 'base64url').toString();
    expect(written).not.toContain('A greeting');
    const { video, roomConfig } = JSON.parse(written) as {
      video: { room: string };
      roomConfig: { agents: [{ metadata: string }] };
    };
    expect(video.room).toBe(roomName);
    const metadata = parseCallMetadata(roomConfig.agents[0].metadata);
    expect(metadata.caller).toMatchObject({ timeZone: 'Europe/Paris' });
    const { agentId, testCall: id = '' } = metadata;
    const asked = { id, agentId, roomName: roomName ?? '' };
    // What is edited from now on is for the next test call.
    await send('PATCH', `${at}/draft`, { greeting: 'Another one.' });
    expect(await findTestedContent(database.db, asked)).toMatchObject({
      greeting: 'A greeting to try.',
      facts: [HOURS],
    });
    expect(await findTestedContent(database.db, { ...asked, roomName: 'call-2' })).toBe(undefined);
    const { body: log } = await tenant.browsers.owner.send(
      'GET',
      `/api/v1/organizations/${tenant.organizationId}/audit-log?subject=agent`,
    );
    const [entry] = (log as { items: { action: string }[] }).items.filter(
      ({ action }) => action === 'agent.tested',
    );
    expect(entry).toMatchObject({ after: { roomName } });
    expect(JSON.stringify(log)).not.toContain(token);
    expect(slug).toMatch(/^desk-/);
  });

  test('says which field is wrong', async () => {
    const { at } = await makeAgent();
    const { body } = await send('POST', `${at}/test-calls`, { timeZone: 'Nowhere' });
    expect(body).toMatchObject({ code: 'invalid_request', field: 'timeZone' });
  });
});

describe('an agent', () => {
  test('is deleted with all that is its own where it never had anything to do', async () => {
    const { at, slug } = await makeAgent();
    await send('PATCH', `${at}/draft`, { facts: [HOURS] });
    expect((await send('DELETE', at)).body).toMatchObject({ slug });
    expect((await send('GET', at)).status).toBe(404);
  });

  test('that took a call is not deleted, and told apart from one that nobody knows', async () => {
    const { at, slug } = await makeAgent();
    const { id: agentId } = (await send('GET', at)).body as { id: string };
    const { organizationId } = tenant;
    await insertCall(database.db, { organizationId, agentId, roomName: slug, line: 'web' });
    expect((await send('DELETE', at)).body).toMatchObject({ code: 'in_use', status: 409 });
    expect((await send('GET', at)).status).toBe(200);
    expect((await send('DELETE', `${root}/nobody`)).status).toBe(404);
  });

  test('is listed with what it knows, answers and has drafted', async () => {
    const { at, slug } = await makeAgent();
    await setFact(database.db, tenant.organizationId, { agent: slug, ...HOURS });
    await send('PATCH', `${at}/draft`, { recording: true });
    const { body } = await send('GET', `${root}?limit=200`);
    const listed = (body as { items: { slug: string }[] }).items.find((each) => each.slug === slug);
    expect(listed).toMatchObject({ factCount: 1, numbers: [], hasDraft: true, calendar: null });
  });
});
