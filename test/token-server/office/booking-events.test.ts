import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { PROVIDERS, readProviders } from '../../../calendar/providers.ts';
import { insertCalendarConnection } from '../../../db/calendars/calendar-connections.ts';
import { KEY, useCalcom } from '../../cli/calcom.ts';
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
let calendarId: string;
beforeAll(async () => {
  const { db } = database;
  office = await startOffice(db, {
    outside: {
      providers: readProviders({ CALCOM_BASE_URL: calcom.simulator.url }, PROVIDERS),
      patience: 1_500,
    },
  });
  tenant = await makeTenant(db, office);
  const { organizationId } = tenant;
  root = `/api/v1/organizations/${organizationId}`;
  calendarId = await insertCalendarConnection(db, {
    organizationId,
    provider: 'calcom',
    name: 'Work',
    timeZone: 'America/Chicago',
    credential: { plain: KEY, masterKey: MASTER_KEY },
  });
});
afterAll(() => office[Symbol.asyncDispose]());

const send = (method: string, path: string, body?: object, headers?: Record<string, string>) =>
  tenant.browsers.admin.send(method, `${root}${path}`, body, headers);

const add = (event: object) =>
  send('POST', '/booking-events', { agent: null, calendar: 'Work', ...event });

const idOf = ({ body }: Answer) => (body as { id: string }).id;

const preview = async (asked: Record<string, string>) => {
  const search = new URLSearchParams({ calendar: calendarId, eventType: 'consultation', ...asked });
  return send('GET', `/offer-preview?${search.toString()}`);
};

const firstOffered = async (asked: Record<string, string>) =>
  ((await preview(asked)).body as Preview).slots[0];

interface Preview {
  slots: { start: string; end: string; label: string }[];
  days: string[];
  timeZone: string;
  durationMinutes: number;
}

describe('a booking event', () => {
  test('takes its length from the event type, and makes one that is missing', async () => {
    const found = await add({ name: 'Consultation', eventType: 'consultation' });
    expect(found).toMatchObject({
      status: 201,
      body: { durationMinutes: 45, createdEventType: false, calendar: 'Work', timeZone: null },
    });
    const made = await add({ name: 'Demo', eventType: 'demo', durationMinutes: 20 });
    expect(made.body).toMatchObject({ durationMinutes: 20, createdEventType: true });
    const types = [...calcom.simulator.state.eventTypes.values()].map(({ slug }) => slug);
    expect(types).toContain('demo');
    const { body } = await send('GET', '/audit-log?subject=booking-event');
    expect((body as { items: object[] }).items[0]).toMatchObject({
      action: 'booking-event.added',
      after: { name: 'Demo', calendar: 'Work' },
    });
  });

  test('has a name that callers can tell from the others', async () => {
    const again = await add({ name: 'consultation', eventType: 'consultation' });
    expect(again.body).toMatchObject({ code: 'taken', field: 'name', status: 409 });
    const both = await Promise.all(
      [1, 2].map(() => add({ name: 'Interview', eventType: 'consultation' })),
    );
    expect(new Set(both.map(({ status }) => status))).toEqual(new Set([201, 409]));
  });

  test.each([
    [{ name: 'A', eventType: 'consultation', durationMinutes: 30 }, 400, 'durationMinutes'],
    [{ name: 'A', eventType: 'not a slug' }, 400, 'eventType'],
    [{ name: 'A', eventType: 'a', calendar: 'Wrok' }, 404, 'calendar'],
    [{ name: 'A', eventType: 'a', agent: 'nobody' }, 404, 'agent'],
    [{ name: 'A', eventType: 'a', organizerEmail: 'not one' }, 400, 'organizerEmail'],
    [{ name: 'A', eventType: 'a', initialBookingDate: '2026-02-30' }, 400, 'initialBookingDate'],
    [{ name: 'A', eventType: 'a', slotsPerDay: 0 }, 400, 'slotsPerDay'],
    [{ name: 'A', eventType: 'a', timeZone: '+05:00' }, 400, 'timeZone'],
    [{ name: 'A', eventType: 'a', busyCalendars: ['Work'] }, 400, 'busyCalendars'],
    [{ name: 'A', eventType: 'a', busyCalendars: ['Elsewhere'] }, 404, 'busyCalendars'],
    [{ name: 'A', eventType: 'a', hosts: [{ name: 'B', calendar: 'Elsewhere' }] }, 404, 'hosts'],
  ])('names the field at fault of %j', async (event, status, field) => {
    expect((await add(event)).body).toMatchObject({ status, field });
  });

  test('is changed from what stands, and asks its provider only where it has to', async () => {
    const made = await add({ name: 'Changed', eventType: 'consultation' });
    const path = `/booking-events/${idOf(made)}`;
    const etag = (await send('GET', path)).headers.get('etag') ?? '';
    calcom.simulator.faults.set({ operation: '*', kind: 'hang', times: null });
    try {
      const rules = {
        organizerEmail: 'desk@example.com',
        slotsPerDay: 2,
        timeZone: 'Europe/Zurich',
      };
      expect(await send('PATCH', path, rules, { 'If-Match': etag })).toMatchObject({
        status: 200,
        body: rules,
      });
      const stale = await send('PATCH', path, { eventType: 'other' }, { 'If-Match': etag });
      expect(stale.status).toBe(412);
      const asked = await send('PATCH', path, { eventType: 'other' }, { 'If-Match': '*' });
      expect(asked.body).toMatchObject({ code: 'no_answer', status: 424 });
    } finally {
      calcom.simulator.faults.clear();
    }
    expect((await send('GET', path)).body).toMatchObject({ eventType: 'consultation' });
  });

  test('is blocked by other calendars, as the preview is', async () => {
    const { start = '', end = '' } = (await firstOffered({})) ?? {};
    const local = (at: string) => at.slice(0, 16);
    const busyId = await insertCalendarConnection(database.db, {
      organizationId: tenant.organizationId,
      provider: 'fake',
      name: 'Private',
      timeZone: 'UTC',
      settings: { busy: [`${local(start)}/${local(end)}`] },
    });
    const first = await firstOffered({ busyCalendars: busyId });
    expect(Date.parse(first?.start ?? '')).toBeGreaterThanOrEqual(Date.parse(end));
    const made = await add({
      name: 'Blocked',
      eventType: 'consultation',
      busyCalendars: ['Private'],
    });
    expect(made.body).toMatchObject({ busyCalendars: [busyId], blockedBy: ['Private'] });
    const event = idOf(made);
    expect(await firstOffered({ event })).toEqual(first);
    expect((await firstOffered({ event, busyCalendars: '' }))?.start).toBe(start);
  });

  test('is taken by several people, who are booked by hand by their name', async () => {
    const { db } = database;
    const connect = (name: string) =>
      insertCalendarConnection(db, {
        organizationId: tenant.organizationId,
        provider: 'fake',
        name,
        timeZone: 'America/Chicago',
        settings: { seed: 7 },
      });
    const [adams, baker] = [await connect('Adams'), await connect('Baker')];
    const hosts = [
      { name: 'Dr. Adams', calendar: 'Adams' },
      { name: 'Dr. Baker', calendar: 'Baker', busyCalendars: ['Work'] },
    ];
    const made = await send('POST', '/booking-events', {
      agent: null,
      name: 'Cleaning',
      eventType: 'cleaning',
      hosts,
    });
    expect(made).toMatchObject({
      status: 201,
      body: {
        calendarId: adams,
        hosts: [
          { name: 'Dr. Adams', calendar: adams, busyCalendars: [], availability: null },
          { name: 'Dr. Baker', calendar: baker, busyCalendars: [calendarId], availability: null },
        ],
      },
    });
    const eventId = idOf(made);
    const path = `/booking-events/${eventId}/free-times`;
    const { items } = (await send('GET', path)).body as {
      items: { start: string; host: string }[];
    };
    expect(new Set(items.map(({ host }) => host))).toEqual(new Set(['Dr. Adams', 'Dr. Baker']));
    const start = items.find(({ host }) => host === 'Dr. Baker')?.start ?? '';
    const attendee = { name: 'Mary Smith', email: 'mary.smith@example.com' };
    const unnamed = await send('POST', '/appointments', { eventId, start, attendee });
    expect(unnamed.body).toMatchObject({
      field: 'host',
      detail: expect.stringContaining('Dr. Adams, Dr. Baker'),
    });
    const wish = { eventId, start, attendee, host: 'Dr. Baker' };
    const booked = await send('POST', '/appointments', wish);
    expect(booked).toMatchObject({
      status: 201,
      body: { host: 'Dr. Baker', calendar: { id: baker }, start },
    });
    const moved = await send('GET', `/appointments/${idOf(booked)}/free-times`);
    const times = (moved.body as { items: { host: string }[] }).items;
    expect(new Set(times.map(({ host }) => host))).toEqual(new Set(['Dr. Baker']));
    const back = await send(
      'PATCH',
      `/booking-events/${eventId}`,
      { calendar: 'Work' },
      { 'If-Match': '*' },
    );
    expect(back.body).toMatchObject({ status: 400, field: 'calendar' });
  });

  test('is listed with those of any agent, for an agent', async () => {
    await add({ name: 'Own', eventType: 'consultation', agent: tenant.slug });
    const { body } = await send('GET', `/booking-events?agent=${tenant.slug}&limit=200`);
    const names = (body as { items: { name: string }[] }).items.map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining(['Own', 'Demo', 'Appointment']));
    expect((await send('GET', '/booking-events?agent=nobody')).status).toBe(404);
  });
});

describe('the preview', () => {
  test('offers what a call would, by the rules of the form and the real calendar', async () => {
    const { body } = await preview({ slotsPerDay: '1', hoursBetweenSlots: '2' });
    const { slots, ...rest } = body as Preview;
    expect(rest).toMatchObject({ timeZone: 'America/Chicago', durationMinutes: 45 });
    expect(slots.length).toBeGreaterThan(1);
    expect(new Set(slots.map(({ start }) => start.slice(0, 10))).size).toBe(slots.length);
    expect(slots[0]?.label).toMatch(/^\w+day, \w+ \d+ at \d+:\d\d [AP]M$/);
    const later = await preview({ initialBookingDate: '2999-01-01' });
    expect(later.body).toMatchObject({ slots: expect.any(Array) as unknown[] });
  });

  test('says what is wrong of what cannot be booked, without a command', async () => {
    const missing = await preview({ eventType: 'no-such-type' });
    expect(missing.body).toMatchObject({
      status: 424,
      code: 'calendar_trouble',
      detail: expect.stringContaining('no event type') as string,
    });
    expect((await preview({ slotsPerDay: 'many' })).body).toMatchObject({ field: 'slotsPerDay' });
    expect((await preview({ durationMinutes: '30' })).body).toMatchObject({
      field: 'durationMinutes',
    });
    await send('DELETE', `/calendars/${calendarId}`);
    expect((await preview({})).body).toMatchObject({
      code: 'calendar_trouble',
      detail: expect.stringMatching(/is disconnected\. Connect it again$/) as string,
    });
  });
});
