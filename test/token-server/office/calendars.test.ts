import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { PROVIDERS, readProviders } from '../../../calendar/providers.ts';
import { readCredential } from '../../../db/calendars/calendar-connections.ts';
import { KEY, OTHER_KEY, SECOND_KEY, THIRD_KEY, useCalcom } from '../../cli/calcom.ts';
import { useTestDatabase } from '../../support/test-database.ts';
import { makeTenant } from './make-tenant.ts';
import type { OfficeTenant } from './make-tenant.ts';
import { MASTER_KEY, startOffice } from './start-office.ts';
import type { Answer, RunningOffice } from './start-office.ts';

const database = useTestDatabase();
const calcom = useCalcom();
let office: RunningOffice;
let tenant: OfficeTenant;
let root: string;
beforeAll(async () => {
  office = await startOffice(database.db, {
    outside: {
      providers: readProviders({ CALCOM_BASE_URL: calcom.simulator.url }, PROVIDERS),
      patience: 1_500,
    },
  });
  tenant = await makeTenant(database.db, office);
  root = `/api/v1/organizations/${tenant.organizationId}`;
});
afterAll(() => office[Symbol.asyncDispose]());

const send = (method: string, path: string, body?: object, headers?: Record<string, string>) =>
  tenant.browsers.admin.send(method, `${root}${path}`, body, headers);

const connect = (name: string, key: string, more: object = {}) =>
  send('POST', '/calendars', { name, provider: 'calcom', key, ...more });

const idOf = ({ body }: Answer) => (body as { id: string }).id;

async function auditText(): Promise<string> {
  return JSON.stringify((await send('GET', '/audit-log?limit=200')).body);
}

test('describes a form for each provider by its own schema', async () => {
  const { body } = await send('GET', '/calendar-providers');
  const { items } = body as { items: { provider: string }[] };
  expect(items.map(({ provider }) => provider)).toEqual(PROVIDERS.map(({ id }) => id));
  expect(items.find(({ provider }) => provider === 'calcom')).toMatchObject({
    name: 'Cal.com',
    credential: { label: 'API key', origin: expect.stringContaining('Developer') as string },
    asksTimeZone: false,
    settings: {
      properties: {
        baseUrl: { type: 'string', format: 'uri', title: 'Address of your own instance' },
        teamId: { type: 'integer' },
      },
      required: [],
    },
  });
  // What is not asked of its operator is no field.
  expect(items.find(({ provider }) => provider === 'fake')).toMatchObject({
    credential: null,
    asksTimeZone: true,
    settings: { properties: { seed: { type: 'integer', default: 1 } } },
  });
  expect(JSON.stringify(items)).not.toContain('emailOptional');
});

describe('a calendar', () => {
  test('is connected by a key that is proved, sealed and never shown again', async () => {
    const made = await connect('Work', KEY);
    expect(made).toMatchObject({
      status: 201,
      body: { name: 'Work', account: 'front-desk', timeZone: 'America/Chicago', connected: true },
    });
    const { organizationId } = tenant;
    const key = await readCredential(database.db, { organizationId, id: idOf(made) }, MASTER_KEY);
    expect(key).toBe(KEY);
    const seen = [
      made,
      await send('GET', '/calendars'),
      await send('GET', `/calendars/${idOf(made)}`),
    ];
    expect(JSON.stringify(seen.map(({ body }) => body))).not.toContain(KEY);
    expect(await auditText()).toContain('calendar.connected');
    expect(await auditText()).not.toContain(KEY);
    expect(office.logText()).not.toContain(KEY);
  });

  test('whose key is refused is a problem that says what to do, and nothing is stored', async () => {
    const answer = await connect('Refused', 'cal_live_nobodyholdsthis');
    expect(answer.body).toMatchObject({
      status: 424,
      code: 'calendar_trouble',
      detail: expect.stringMatching(
        /^Failed to initialize Cal\.com calendar: .*Make a new one/,
      ) as string,
    });
    expect(JSON.stringify((await send('GET', '/calendars')).body)).not.toContain('Refused');
    expect(JSON.stringify(answer.body)).not.toContain('nobodyholdsthis');
  });

  test('whose address is longer than any keeps nobody waiting', async () => {
    const baseUrl = `https://example.com/${'/'.repeat(40_000)}x`;
    const begun = performance.now();
    const { body } = await send('POST', '/calendars', {
      name: 'Long',
      provider: 'calcom',
      settings: { baseUrl },
      key: KEY,
    });
    expect(body).toMatchObject({
      status: 400,
      field: 'settings.baseUrl',
      detail: expect.stringContaining('4000 characters at most') as string,
    });
    const told = { name: 'Long', provider: 'google', settings: { webhookUrl: baseUrl } };
    expect((await send('POST', '/calendar-sign-ins', told)).status).toBe(400);
    // Its end was looked for from each of its letters.
    expect(performance.now() - begun).toBeLessThan(1_000);
  });

  test('whose provider does not answer holds nobody beyond the deadline', async () => {
    calcom.simulator.faults.set({ operation: 'me.get', kind: 'hang', times: null });
    const from = performance.now();
    try {
      const answer = await connect('Hanging', SECOND_KEY);
      expect(answer.body).toMatchObject({ status: 424, code: 'no_answer' });
      expect(performance.now() - from).toBeLessThan(4_000);
    } finally {
      calcom.simulator.faults.clear();
    }
  });

  test.each([
    [{ settings: { baseUrl: 'http://cal.example' } }, 'settings.baseUrl', /https/],
    [{ settings: { seed: 4 } }, 'settings.seed', /no setting of a Cal\.com/],
    [{ timeZone: 'Europe/Zurich' }, 'timeZone', /leave it out/],
    [{ key: 'cal_live two' }, 'key', /one line/],
    [{ provider: 'paper' }, 'provider', /calcom/],
    [{ color: 'red' }, 'color', /not known/],
  ])('names the field at fault of %j', async (more, field, detail) => {
    const { body } = await connect('Odd', SECOND_KEY, more);
    expect(body).toMatchObject({ status: 400, code: 'invalid_request', field });
    expect((body as { detail: string }).detail).toMatch(detail);
  });

  test('needs a key, an account and a name of its own', async () => {
    const unkeyed = await send('POST', '/calendars', { name: 'Keyless', provider: 'calcom' });
    expect(unkeyed.body).toMatchObject({
      field: 'key',
      detail: 'is missing: paste the API key of the account',
    });
    expect((await connect('Work', SECOND_KEY)).body).toMatchObject({
      code: 'taken',
      field: 'name',
    });
    expect((await connect('Again', KEY)).body).toMatchObject({
      field: 'name',
      detail: expect.stringContaining('connected already, as "Work"') as string,
    });
  });

  test('is made once of ten requests at once', async () => {
    const answers = await Promise.all(
      Array.from({ length: 10 }, () =>
        send('POST', '/calendars', { name: 'Once', provider: 'fake', timeZone: 'Europe/Zurich' }),
      ),
    );
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    expect(answers.filter(({ status }) => status === 409)).toHaveLength(9);
  });

  test('gets other settings and another key, from what stands', async () => {
    const made = await connect('Third', THIRD_KEY);
    const path = `/calendars/${idOf(made)}`;
    const etag = (await send('GET', path)).headers.get('etag') ?? '';
    const edit = { settings: { username: 'third-desk' } };
    expect(await send('PATCH', path, edit, { 'If-Match': etag })).toMatchObject({
      status: 200,
      body: { settings: { username: 'third-desk' } },
    });
    expect((await send('PATCH', path, edit, { 'If-Match': etag })).status).toBe(412);
    const foreign = await send('PATCH', path, { key: OTHER_KEY }, { 'If-Match': '*' });
    expect(foreign.body).toMatchObject({
      field: 'key',
      detail: expect.stringContaining('never-open') as string,
    });
    const plain = await send('PATCH', path, { settings: { username: null } }, { 'If-Match': '*' });
    expect(plain).toMatchObject({ status: 200, body: { settings: {} } });
  });

  test('tells its event types, its budget and, step by step, whether it can be booked', async () => {
    const { body } = await send('GET', '/calendars');
    const { items } = body as { items: { id: string; name: string }[] };
    const path = `/calendars/${items.find(({ name }) => name === 'Work')?.id}`;
    expect((await send('GET', `${path}/event-types`)).body).toEqual({
      items: [{ slug: 'consultation', title: 'Consultation', durations: [45], fault: null }],
    });
    expect((await send('GET', `${path}/activity`)).body).toMatchObject({
      lastSyncedAt: null,
      budget: { remaining: expect.any(Number) as number },
    });
    const { body: found } = await send('GET', `${path}/findings`);
    expect(found).toMatchObject({
      ok: true,
      findings: [
        { part: 'key', state: 'ok' },
        { part: 'account', state: 'ok', found: "the key is front-desk's" },
        { part: 'API' },
        { part: 'time zone', state: 'ok' },
        {
          part: 'webhook',
          state: 'warning',
          remedy: expect.stringMatching(/^Register one/) as string,
        },
      ],
    });
    // Whoever has no command line is told of no command.
    expect(JSON.stringify(found)).not.toContain('slotline ');
  });

  test('that hangs in the middle of the doctor is told with what was seen until then', async () => {
    const { items } = (await send('GET', '/calendars')).body as {
      items: { id: string; name: string }[];
    };
    const path = `/calendars/${items.find(({ name }) => name === 'Work')?.id}`;
    calcom.simulator.faults.set({ operation: '*', kind: 'hang', times: null, after: 1 });
    try {
      const { body } = await send('GET', `${path}/findings`);
      expect(body).toMatchObject({
        ok: false,
        findings: [
          { part: 'key', state: 'ok' },
          { part: 'account', state: 'ok' },
          {
            part: 'API',
            state: 'failed',
            remedy: expect.stringContaining('in a minute') as string,
          },
        ],
      });
    } finally {
      calcom.simulator.faults.clear();
    }
  });

  test('has its webhook registered at the office, and loses it with its key', async () => {
    const { items } = (await send('GET', '/calendars')).body as {
      items: { id: string; name: string }[];
    };
    const id = items.find(({ name }) => name === 'Work')?.id ?? '';
    const hook = { webhookUrl: 'https://voice.example.com' };
    const registered = await send('POST', `/calendars/${id}/webhook`, hook);
    const address = `https://voice.example.com/api/webhooks/calcom/${id}`;
    expect(registered).toMatchObject({ status: 200, body: { address } });
    const [webhook] = calcom.simulator.state.webhooks.values();
    expect(webhook).toMatchObject({ subscriberUrl: address });
    expect(await auditText()).not.toContain(String(webhook?.secret));
    const odd = await send('POST', `/calendars/${id}/webhook`, { webhookUrl: 'nowhere' });
    expect(odd.body).toMatchObject({ field: 'webhookUrl', status: 400 });
    const gone = await send('DELETE', `/calendars/${id}`);
    expect(gone).toMatchObject({ status: 200, body: { name: 'Work', webhookLeft: null } });
    expect(calcom.simulator.state.webhooks.size).toBe(0);
    const { organizationId } = tenant;
    expect(await readCredential(database.db, { organizationId, id }, MASTER_KEY)).toBeNull();
    const again = await send('PATCH', `/calendars/${id}`, { key: KEY }, { 'If-Match': '*' });
    expect(again).toMatchObject({ status: 200, body: { connected: true } });
  });
});

test('lists a page at a time, and none of another organization', async () => {
  const names = new Set<string>();
  let next: string | null = '';
  while (next !== null) {
    const { body } = await send('GET', `/calendars?limit=2${next === '' ? '' : `&after=${next}`}`);
    const page = body as { items: { name: string }[]; next: string | null };
    expect(page.items.length).toBeLessThanOrEqual(2);
    for (const { name } of page.items) names.add(name);
    next = page.next;
  }
  expect([...names]).toEqual(['Once', 'Test calendar', 'Third', 'Work']);
});
