import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { PROVIDERS, readProviders } from '../../../calendar/providers.ts';
import { readConnectionTokens } from '../../../db/calendars/connection-tokens.ts';
import { agree } from '../../support/agree.ts';
import {
  ADA,
  DIARY_ENVIRONMENT,
  DIARY_SCOPES,
  GRACE,
  useDiary,
} from '../../support/signed-in-provider.ts';
import { useTestDatabase } from '../../support/test-database.ts';
import { makeTenant } from './make-tenant.ts';
import type { OfficeTenant } from './make-tenant.ts';
import { MASTER_KEY, OFFICE, startOffice } from './start-office.ts';
import type { Answer, RunningOffice } from './start-office.ts';

const database = useTestDatabase();
const diary = useDiary();
let office: RunningOffice;
let tenant: OfficeTenant;
let root: string;
beforeAll(async () => {
  office = await startOffice(database.db, {
    outside: {
      providers: readProviders(DIARY_ENVIRONMENT, [...PROVIDERS, diary.provider]),
    },
  });
  tenant = await makeTenant(database.db, office);
  root = `/api/v1/organizations/${tenant.organizationId}`;
});
afterAll(() => office[Symbol.asyncDispose]());

const send = (method: string, path: string, body?: object, headers?: Record<string, string>) =>
  tenant.browsers.admin.send(method, `${root}${path}`, body, headers);

async function begin(name: string, more: object = {}): Promise<string> {
  const { status, body } = await send('POST', '/calendar-sign-ins', {
    name,
    provider: 'diary',
    ...more,
  });
  expect(status).toBe(201);
  return (body as { url: string }).url;
}

/** Comes back from the provider, in the browser of the one who began it unless another is given. */
const comeBack = (callback: URL, browser = tenant.browsers.admin): Promise<Answer> =>
  browser.send('GET', callback.pathname + callback.search);

const calendars = async () =>
  ((await send('GET', '/calendars?limit=100')).body as { items: { id: string; name: string }[] })
    .items;

const named = async (name: string) => (await calendars()).find((each) => each.name === name);

describe('a calendar whose owner signs in at the provider', () => {
  test('is connected in the browser in which it was begun, and its tokens are sealed', async () => {
    const url = await begin('Desk', { settings: { volume: 'II' } });
    expect(Object.fromEntries(new URL(url).searchParams)).toMatchObject({
      response_type: 'code',
      redirect_uri: `${OFFICE}/api/calendar/diary/callback`,
      code_challenge_method: 'S256',
      scope: DIARY_SCOPES.join(' '),
    });
    expect(await named('Desk')).toBeUndefined();
    const callback = await agree(url, { account: ADA });
    const answer = await comeBack(callback);
    const made = await named('Desk');
    expect(answer.status).toBe(303);
    expect(answer.headers.get('location')).toBe(`/office/calendars/${made?.id}`);
    expect(made).toMatchObject({
      account: ADA,
      timeZone: 'Europe/Zurich',
      settings: { volume: 'II' },
      connected: true,
      signInAgain: null,
    });
    const key = { organizationId: tenant.organizationId, id: made?.id ?? '' };
    const { tokens } = await readConnectionTokens(database.db, key, MASTER_KEY);
    const { accessToken, refreshToken } = JSON.parse(tokens ?? '') as Record<string, string>;
    expect(await diary.server.ownerOf(accessToken ?? '')).toMatchObject({ account: ADA });
    // Nothing of it is shown, told or logged.
    const audit = JSON.stringify((await send('GET', '/audit-log?limit=200')).body);
    expect(audit).toContain('calendar.connected');
    const code = callback.searchParams.get('code') ?? '';
    const state = callback.searchParams.get('state') ?? '';
    for (const secret of [accessToken, refreshToken, code, state]) {
      expect(secret).toBeTruthy();
      expect(audit + office.logText() + JSON.stringify(await calendars())).not.toContain(secret);
    }
  });

  test('is not connected twice by one state', async () => {
    const callback = await agree(await begin('Twice'), { account: GRACE });
    expect((await comeBack(callback)).status).toBe(303);
    const again = await comeBack(callback);
    expect(again.status).toBe(404);
    expect(again.body).toContain('finished already');
    await send('DELETE', `/calendars/${(await named('Twice'))?.id}`);
  });

  test('is connected once of ten returns at once', async () => {
    const callback = await agree(await begin('Ten'), { account: GRACE });
    const answers = await Promise.all(Array.from({ length: 10 }, () => comeBack(callback)));
    expect(answers.filter(({ status }) => status === 303)).toHaveLength(1);
    expect(answers.filter(({ status }) => status === 404)).toHaveLength(9);
    await send('DELETE', `/calendars/${(await named('Ten'))?.id}`);
  });

  test('is not connected from another browser, and still is from the right one', async () => {
    const callback = await agree(await begin('Bound'), { account: GRACE });
    for (const browser of [office.browser(), tenant.browsers.owner]) {
      expect(await comeBack(callback, browser)).toMatchObject({ status: 404 });
    }
    expect((await comeBack(callback)).status).toBe(303);
    await send('DELETE', `/calendars/${(await named('Bound'))?.id}`);
  });

  test('is not connected after ten minutes', async () => {
    const callback = await agree(await begin('Late'), { account: GRACE });
    await database.db
      .updateTable('calendarAuthorizations')
      .set({ expiresAt: new Date(Date.now() - 1_000) })
      .where('usedAt', 'is', null)
      .execute();
    expect((await comeBack(callback)).status).toBe(404);
    expect(await named('Late')).toBeUndefined();
  });

  test.each([
    ['a state that nobody made', 'state=guessed&code=guessed', 404],
    ['no state', 'code=guessed', 404],
    ['nothing', '', 404],
  ])('is not connected by %s', async (_name, search, status) => {
    const answer = await comeBack(new URL(`${OFFICE}/api/calendar/diary/callback?${search}`));
    expect(answer.status).toBe(status);
    expect(answer.headers.get('content-type')).toContain('text/html');
  });

  test('is not connected by the callback of a provider that there cannot be', async () => {
    const answer = await comeBack(new URL(`${OFFICE}/api/calendar/%00/callback?state=guessed`));
    expect(answer.status).toBe(404);
  });

  test('is not connected by the callback of another provider', async () => {
    const callback = await agree(await begin('Astray'), { account: GRACE });
    const elsewhere = new URL(callback.href.replace('/diary/', '/calcom/'));
    expect((await comeBack(elsewhere)).status).toBe(404);
    expect(await named('Astray')).toBeUndefined();
  });

  test('is not connected by a code that the provider does not know', async () => {
    const callback = await agree(await begin('Forged'), { account: GRACE });
    callback.searchParams.set('code', 'forged');
    const answer = await comeBack(callback);
    expect(answer.status).toBe(409);
    expect(answer.body).toContain('invalid_grant');
    expect(await named('Forged')).toBeUndefined();
  });

  test('says so where its owner does not agree', async () => {
    const callback = await agree(await begin('Denied'), { account: GRACE, answer: 'deny' });
    const answer = await comeBack(callback);
    expect(answer.status).toBe(409);
    expect(answer.body).toContain('did not agree');
  });

  test('says so where its owner does not agree to all', async () => {
    const callback = await agree(await begin('Half'), { account: GRACE, scopes: ['diary.read'] });
    const answer = await comeBack(callback);
    expect(answer.status).toBe(409);
    expect(answer.body).toContain('missing: diary.write');
    expect(await named('Half')).toBeUndefined();
  });

  test('tells an administrator who agreed for everybody so, and connects nothing', async () => {
    const state = new URL(await begin('Later')).searchParams.get('state') ?? '';
    const search = new URLSearchParams({ admin_consent: 'True', tenant: 'a tenant', state });
    const back = new URL(`${OFFICE}/api/calendar/diary/callback?${search.toString()}`);
    const answer = await comeBack(back, office.browser());
    expect(answer).toMatchObject({
      status: 200,
      body: expect.stringContaining('An administrator has agreed') as string,
    });
    expect(await named('Later')).toBeUndefined();
  });

  test('is of one account: another one’s owner does not take its place', async () => {
    const callback = await agree(await begin('Desk'), { account: GRACE });
    const answer = await comeBack(callback);
    expect(answer.status).toBe(400);
    expect(answer.body).toContain(`of "${ADA}"`.replaceAll('"', '&quot;'));
  });

  test('gets other settings without a new sign-in', async () => {
    const made = await named('Desk');
    const edit = { settings: { volume: 'III' } };
    const { status, body } = await send('PATCH', `/calendars/${made?.id}`, edit, {
      'If-Match': '*',
    });
    expect({ status, body }).toMatchObject({ status: 200, body: { settings: edit.settings } });
  });

  test('needs somebody who signs in', async () => {
    const answer = await send('POST', '/calendars', { name: 'Keyless', provider: 'diary' });
    expect(answer.body).toMatchObject({
      status: 400,
      field: 'provider',
      detail: expect.stringContaining('signs in to Diary') as string,
    });
    const other = await send('POST', '/calendar-sign-ins', { name: 'X', provider: 'calcom' });
    expect(other.body).toMatchObject({ status: 400, field: 'provider' });
    const setting = { name: 'X', provider: 'diary', settings: { volume: '' } };
    expect((await send('POST', '/calendar-sign-ins', setting)).body).toMatchObject({
      field: 'settings.volume',
    });
  });

  test('tells that it must be connected again, and is, when its owner took the access back', async () => {
    const made = await named('Desk');
    await diary.server.takeBack(ADA);
    diary.server.endAccessTokens();
    const found = (await send('GET', `/calendars/${made?.id}/findings`)).body;
    expect(JSON.stringify(found)).toContain('Connect the calendar again, signed in to Diary');
    const seen = await send('GET', `/calendars/${made?.id}`);
    expect(seen.body).toMatchObject({
      connected: true,
      signInAgain: expect.stringContaining('took it back') as string,
    });
    const callback = await agree(await begin('Desk'), { account: ADA });
    expect((await comeBack(callback)).status).toBe(303);
    expect((await send('GET', `/calendars/${made?.id}`)).body).toMatchObject({ signInAgain: null });
  });

  test('gives the access back when it is disconnected', async () => {
    const made = await named('Desk');
    const key = { organizationId: tenant.organizationId, id: made?.id ?? '' };
    const { tokens } = await readConnectionTokens(database.db, key, MASTER_KEY);
    const { accessToken } = JSON.parse(tokens ?? '') as { accessToken: string };
    const { body } = await send('DELETE', `/calendars/${made?.id}`);
    expect(body).toMatchObject({ name: 'Desk', accessLeft: null });
    expect(await diary.server.ownerOf(accessToken)).toBeNull();
    expect(await readConnectionTokens(database.db, key, MASTER_KEY)).toEqual({
      tokens: null,
      reconnectReason: null,
    });
  });
});

describe('GET /api/calendar/:provider/auth-url', () => {
  const ask = (browser = tenant.browsers.admin, search = '') =>
    browser.send(
      'GET',
      `/api/calendar/diary/auth-url?organizationId=${tenant.organizationId}&name=By+address${search}`,
    );

  test('answers where to sign in', async () => {
    const { status, body } = await ask();
    expect(status).toBe(200);
    const callback = await agree((body as { url: string }).url, { account: ADA });
    expect((await comeBack(callback)).status).toBe(303);
    expect(await named('By address')).toMatchObject({ account: ADA });
  });

  test('is closed to who has not signed in, to staff and to others', async () => {
    expect((await ask(office.browser())).status).toBe(401);
    expect((await ask(tenant.browsers.staff)).status).toBe(403);
    const foreign = await makeTenant(database.db, office);
    expect((await ask(foreign.browsers.owner)).status).toBe(404);
    const { token } = await tenant.makeKey(['calendars:write']);
    const byKey = await office
      .browser()
      .send(
        'GET',
        `/api/calendar/diary/auth-url?organizationId=${tenant.organizationId}&name=X`,
        undefined,
        { Authorization: `Bearer ${token}` },
      );
    expect(byKey.status).toBe(403);
  });

  test('names what cannot be used', async () => {
    expect((await ask(undefined, '&volume=')).body).toMatchObject({ status: 400, field: 'volume' });
    const nowhere = await tenant.browsers.admin.send('GET', '/api/calendar/diary/auth-url?name=X');
    expect(nowhere.body).toMatchObject({ status: 400, field: 'organizationId' });
  });
});
