import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { openEventCalendar } from '../../../booking/calendars/open-event-calendar.ts';
import { reconcileIntent, USUAL_TIMES } from '../../../booking/ledger/reconcile.ts';
import { CalendarUnreachableError, OutcomeUnknownError } from '../../../calendar/calendar-error.ts';
import type { Calendar } from '../../../calendar/calendar.ts';
import { fake } from '../../../calendar/fake/provider.ts';
import type { Providers } from '../../../calendar/providers.ts';
import { findBookingEvent } from '../../../db/booking-events.ts';
import { changed, stateOf } from '../../booking/ledger/ledger-call.ts';
import { useTestDatabase } from '../../support/test-database.ts';
import { makeTenant } from './make-tenant.ts';
import type { OfficeTenant } from './make-tenant.ts';
import { insertAppointment } from './seen-things.ts';
import { MASTER_KEY, startOffice } from './start-office.ts';
import type { Answer, RunningOffice } from './start-office.ts';

const database = useTestDatabase({ maxConnections: 20 });

/** What a provider does otherwise than the fake calendar, while a test wants it to. */
let trouble: Partial<Calendar> = {};
beforeEach(() => {
  trouble = {};
});
const providers: Providers = {
  list: [{ ...fake, open: (...given) => changed(fake.open(...given), () => trouble) }],
  environment: {},
};
const noAnswer = () => Promise.reject(new OutcomeUnknownError('No answer.'));
const isDown = () => Promise.reject(new CalendarUnreachableError('Down.'));

let office: RunningOffice;
let tenant: OfficeTenant;
let root: string;
beforeAll(async () => {
  office = await startOffice(database.db, { outside: { providers } });
  tenant = await makeTenant(database.db, office);
  root = `/api/v1/organizations/${tenant.organizationId}`;
});
afterAll(() => office[Symbol.asyncDispose]());

interface Shown {
  id: string;
  state: string;
  start: string;
  open: { intentId: string; kind: string; needsPerson: boolean } | null;
  bookedBy: { kind: string; name: string } | null;
}
const shown = ({ body }: Answer) => body as Shown;

const mary = { name: 'Mary Smith', email: 'mary.smith@example.com' };
const wish = (start: string, attendee: object = mary) => ({
  eventId: tenant.bookingEventId,
  start,
  attendee,
});
const book = (body: object, headers: Record<string, string> = {}) =>
  tenant.browsers.staff.send('POST', `${root}/appointments`, body, headers);

async function booked(): Promise<Shown> {
  const answer = await book(wish(tenant.freeStart()));
  expect(answer.status).toBe(201);
  return shown(answer);
}

const read = async (id: string) =>
  shown(await tenant.browsers.viewer.send('GET', `${root}/appointments/${id}`));

async function list(query: string): Promise<{ items: Shown[]; next: string | null }> {
  const answer = await tenant.browsers.viewer.send('GET', `${root}/appointments?${query}`);
  expect(answer.status).toBe(200);
  return answer.body as { items: Shown[]; next: string | null };
}

const change = (id: string, what: 'move' | 'cancel', body: object, match = '*') =>
  tenant.browsers.staff.send('POST', `${root}/appointments/${id}/${what}`, body, {
    'If-Match': match,
  });

async function historyOf(id: string): Promise<Record<string, unknown>[]> {
  const answer = await tenant.browsers.viewer.send('GET', `${root}/appointments/${id}/history`);
  return (answer.body as { items: Record<string, unknown>[] }).items;
}

async function told(): Promise<{ action: string; after: unknown; subject: { id: string } }[]> {
  const answer = await tenant.browsers.owner.send(
    'GET',
    `${root}/audit-log?subject=appointment&limit=200`,
  );
  return (answer.body as { items: { action: string; after: unknown; subject: { id: string } }[] })
    .items;
}

async function liveAt(start: string) {
  const { live } = await stateOf(database.db, tenant);
  return live.filter(({ startAt }) => startAt.toISOString() === new Date(start).toISOString());
}

/** As the jobs do it, without their pauses. */
async function reconcile(): Promise<void> {
  const { intents } = await stateOf(database.db, tenant);
  const open = intents.filter(({ state }) => ['claimed', 'unknown'].includes(state));
  const parts = {
    db: database.db,
    openCalendar: (event: Parameters<typeof openEventCalendar>[1]) =>
      openEventCalendar(database.db, event, {
        masterKey: MASTER_KEY,
        now: () => new Date(),
        providers,
      }),
    times: { ...USUAL_TIMES, grace: 0, firstLook: 0, firstPause: 0, absenceProves: 0 },
  };
  for (const intent of open) await reconcileIntent(parts, intent);
}

describe('an appointment that is made by hand', () => {
  test('is booked through the ledger, and shows who asked', async () => {
    const start = tenant.freeStart();
    const before = (await told()).length;
    const answer = await book(wish(start));
    expect(answer.status).toBe(201);
    const made = shown(answer);
    expect(made).toMatchObject({
      state: 'confirmed',
      start,
      attendee: mary,
      callId: null,
      bookedBy: { kind: 'user', name: 'Mary Smith' },
    });
    expect(await liveAt(start)).toHaveLength(1);
    const steps = (await historyOf(made.id)).filter(({ kind }) => kind === 'step');
    expect(steps.map(({ state }) => state)).toEqual(['requested', 'claimed', 'confirmed']);
    expect(steps[0]).toMatchObject({ wish: 'book', by: { name: 'Mary Smith' }, callId: null });
    const entries = (await told()).slice(0, -before || undefined);
    expect(entries.map(({ action }) => action)).toEqual([
      'appointment.booked',
      'appointment.booking-requested',
    ]);
    expect(JSON.stringify(entries)).not.toContain('mary.smith');
    const { messages } = await stateOf(database.db, tenant);
    expect(messages.at(-1)).toBe('booked');
  });

  test('has a time that the calendar offers, and is asked for what the calendar wants', async () => {
    const { staff } = tenant.browsers;
    const answer = await staff.send(
      'GET',
      `${root}/booking-events/${tenant.bookingEventId}/free-times`,
    );
    const { items, needs } = answer.body as { items: { start: string }[]; needs: string[] };
    expect(items.length).toBeGreaterThan(20);
    expect(needs).toEqual(['name', 'email']);
    const start = new Date(Date.parse(items[3]?.start ?? '') + 60_000).toISOString();
    expect((await book(wish(start))).body).toMatchObject({ code: 'taken', field: 'start' });
    const anonymous = await book(wish(tenant.freeStart(), { name: 'Mary Smith' }));
    expect(anonymous.body).toMatchObject({ code: 'invalid_request', field: 'attendee.email' });
    const odd = await book({ ...wish(tenant.freeStart()), answers: { shoe: '42' } });
    expect(odd.body).toMatchObject({ code: 'invalid_request', field: 'answers.shoe' });
  });

  test('is one of many who want the time, and the others hear that it is gone', async () => {
    const start = tenant.freeStart();
    const answers = await Promise.all(
      Array.from({ length: 12 }, (_, at) =>
        book(wish(start, { name: `Caller ${at}`, email: `caller-${at}@example.com` }), {
          'Idempotency-Key': `race-${at}`,
        }),
      ),
    );
    const statuses = answers.map(({ status }) => status).toSorted((one, other) => one - other);
    expect(statuses).toEqual([201, ...Array.from({ length: 11 }, () => 409)]);
    expect(await liveAt(start)).toHaveLength(1);
  });

  test('is made once, however often and however fast the same request comes', async () => {
    const start = tenant.freeStart();
    const before = (await told()).length;
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => book(wish(start), { 'Idempotency-Key': 'a-click' })),
    );
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201]));
    expect(new Set(answers.map((answer) => shown(answer).id)).size).toBe(1);
    expect(await liveAt(start)).toHaveLength(1);
    expect((await told()).length).toBe(before + 2);
    const other = await book(wish(tenant.freeStart()), { 'Idempotency-Key': 'a-click' });
    expect(other.body).toMatchObject({ code: 'idempotency_key_reused', status: 422 });
  });

  test('stays made when the request comes again after its answer was forgotten', async () => {
    const start = tenant.freeStart();
    const key = { 'Idempotency-Key': 'long-ago' };
    const first = shown(await book(wish(start), key));
    expect((await change(first.id, 'cancel', { reason: 'Ill' })).status).toBe(200);
    await database.db.deleteFrom('idempotentAnswers').execute();
    const again = await book(wish(start), key);
    expect(shown(again)).toMatchObject({ id: first.id, state: 'cancelled' });
    expect(await liveAt(start)).toHaveLength(0);
  });
});

describe('an appointment', () => {
  test('is moved from what was read, with a reason that its attendee is told', async () => {
    const { id } = await booked();
    const { staff } = tenant.browsers;
    const asked = await staff.send('GET', `${root}/appointments/${id}`);
    const etag = asked.headers.get('etag') ?? '';
    const start = tenant.freeStart();
    const moved = await change(id, 'move', { start, reason: 'The doctor is ill' }, etag);
    expect(moved.status).toBe(200);
    expect(shown(moved)).toMatchObject({ id, start, state: 'confirmed' });
    expect(moved.headers.get('etag')).toBe(
      (await staff.send('GET', `${root}/appointments/${id}`)).headers.get('etag'),
    );
    const stale = { start: tenant.freeStart(), reason: 'Again' };
    expect((await change(id, 'move', stale, etag)).body).toMatchObject({ code: 'changed_since' });
    const mail = await database.db
      .selectFrom('outboxMessages')
      .select(['kind', 'payload'])
      .where('appointmentId', '=', id)
      .orderBy('createdAt', 'desc')
      .executeTakeFirstOrThrow();
    expect(mail).toMatchObject({
      kind: 'rescheduled',
      payload: { byBusiness: true, reason: 'The doctor is ill' },
    });
  });

  test('is cancelled once, and its time is free again', async () => {
    const { id, start } = await booked();
    const first = await change(id, 'cancel', { reason: 'The doctor is ill' });
    expect(shown(first)).toMatchObject({ state: 'cancelled', status: 'cancelled' });
    const again = await change(id, 'cancel', { reason: 'The doctor is ill' });
    expect(again.status).toBe(200);
    expect(await liveAt(start)).toHaveLength(0);
    expect((await book(wish(start, { name: 'Bob', email: 'bob@example.com' }))).status).toBe(201);
    const nobody = await change(id, 'move', { start: tenant.freeStart(), reason: 'No' });
    expect(nobody.body).toMatchObject({ code: 'refused' });
  });

  test('is found by time, state, agent, calendar and person, part by part', async () => {
    const base = Date.UTC(2035, 0, 1);
    const ids = [];
    for (let at = 0; at < 5; at += 1) {
      const startAt = new Date(base + at * 3_600_000);
      ids.push(await insertAppointment(database.db, tenant, { startAt, name: `Person ${at}` }));
    }
    const range = `from=${new Date(base).toISOString()}&to=${new Date(base + 4 * 3_600_000).toISOString()}`;
    const first = await list(`${range}&limit=3`);
    expect(first.items.map(({ id }) => id)).toEqual(ids.slice(0, 3));
    const rest = await list(`${range}&limit=3&after=${first.next}`);
    expect(rest).toMatchObject({ items: [{ id: ids[3] }], next: null });
    const back = await list(`${range}&order=desc&limit=1`);
    expect(back.items.map(({ id }) => id)).toEqual([ids[3]]);
    expect((await list(`${range}&person=person%202`)).items).toMatchObject([{ id: ids[2] }]);
    expect((await list(`${range}&state=cancelled`)).items).toEqual([]);
    expect((await list(`${range}&agent=${tenant.slug}`)).items).toHaveLength(4);
    expect((await list(`${range}&calendar=${tenant.calendarConnectionId}`)).items).toHaveLength(4);
    expect((await list(`${range}&calendar=${tenant.agentId}`)).items).toEqual([]);
  });
});

describe('what the calendar does not say', () => {
  test('is told as such, and becomes an appointment when it is found', async () => {
    // It books, and its answer is lost.
    const start = tenant.freeStart();
    trouble = { findBookings: isDown };
    const calendar = await openFake();
    trouble.book = async (request) => {
      await calendar.book(request);
      throw new OutcomeUnknownError('No answer.');
    };
    const key = { 'Idempotency-Key': 'in-doubt' };
    const answer = await book(wish(start), key);
    expect(answer.status).toBe(202);
    const open = shown(answer);
    expect(open).toMatchObject({ state: 'unconfirmed', open: { kind: 'book' } });
    expect((await list('state=unconfirmed')).items.map(({ id }) => id)).toContain(open.id);
    expect((await change(open.id, 'cancel', { reason: 'No' })).body).toMatchObject({
      code: 'refused',
    });
    trouble = {};
    await reconcile();
    const settled = await read(open.id);
    expect(settled).toMatchObject({ state: 'confirmed', start, open: null });
    expect(settled.id).not.toBe(open.id);
    // The same request, sent again, hears what is known now.
    const again = await book(wish(start), key);
    expect(again.status).toBe(201);
    expect(shown(again).id).toBe(settled.id);
    expect(await liveAt(start)).toHaveLength(1);
    const { messages } = await stateOf(database.db, tenant);
    expect(messages.at(-1)).toBe('booked');
  });

  test('of a cancellation leaves the appointment unconfirmed until it is known', async () => {
    const { id } = await booked();
    trouble = { cancel: noAnswer, findBookings: isDown };
    const answer = await change(id, 'cancel', { reason: 'Ill' });
    expect(answer.status).toBe(202);
    expect(shown(answer)).toMatchObject({ id, state: 'unconfirmed', open: { kind: 'cancel' } });
    trouble = {};
    await reconcile();
    expect(await read(id)).toMatchObject({ state: 'confirmed', open: null });
  });

  test('is settled by hand, once', async () => {
    const start = tenant.freeStart();
    trouble = { book: noAnswer, findBookings: isDown };
    const open = shown(await book(wish(start)));
    const settle = () =>
      tenant.browsers.staff.send('POST', `${root}/intents/${open.open?.intentId}/settle`, {
        outcome: 'did-not-happen',
        reason: 'It is not in the calendar',
      });
    const settled = await settle();
    expect(settled).toMatchObject({ status: 200, body: { state: 'refused', appointmentId: null } });
    expect((await settle()).body).toMatchObject({ code: 'refused', field: 'intentId' });
    expect((await list('state=unconfirmed')).items.map(({ id }) => id)).not.toContain(open.id);
    trouble = {};
    expect((await book(wish(start))).status).toBe(201);
    expect((await told())[0]).toMatchObject({ action: 'appointment.booked' });
    expect((await told()).map(({ action }) => action)).toContain('appointment.settled');
  });

  test('before anything was sent is told as nothing', async () => {
    trouble = { describe: isDown, listSlots: isDown };
    const start = tenant.freeStart();
    const key = { 'Idempotency-Key': 'while-down' };
    expect((await book(wish(start), key)).body).toMatchObject({ code: 'no_answer', status: 424 });
    trouble = {};
    expect((await book(wish(start), key)).status).toBe(201);
    expect(await liveAt(start)).toHaveLength(1);
  });
});

async function openFake(): Promise<Calendar> {
  const { organizationId, bookingEventId: id } = tenant;
  const event = await findBookingEvent(database.db, { organizationId, id });
  if (!event) throw new Error('The tenant has nothing to book.');
  return openEventCalendar(database.db, event, {
    masterKey: MASTER_KEY,
    now: () => new Date(),
    providers: { list: [fake], environment: {} },
  });
}
