import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { CalcomCalendar } from '../../../calendar/calcom/calcom-calendar.ts';
import {
  CalendarUnreachableError,
  OutcomeUnknownError,
  RequestRefusedError,
  SlotUnavailableError,
} from '../../../calendar/calendar-error.ts';
import type { BookRequest, Slot } from '../../../calendar/calendar.ts';
import { RaceGate } from '../../rehearsal/simulators/calcom/race-gate.ts';
import { startCalcom } from '../../rehearsal/simulators/calcom/start-calcom.ts';
import type { ValidatedSimulator } from '../../rehearsal/simulators/calcom/start-calcom.ts';
import { startScripted } from '../scripted-server.ts';
import type { ScriptStep } from '../scripted-server.ts';
import { recorded } from './recorded.ts';
import { calendarOf, FRONT_DESK } from './simulated.ts';

const MINUTE = 60_000;
const MARY = {
  name: 'Mary Smith',
  email: 'Mary.Smith@example.com',
  phone: null,
  timeZone: 'America/New_York',
};

describe('booking at Cal.com', () => {
  const gate = new RaceGate();
  let simulator: ValidatedSimulator;
  const free: Slot[] = [];
  beforeAll(async () => {
    simulator = await startCalcom({ accounts: [FRONT_DESK], raceWindow: gate.pass });
    const now = simulator.clock.now();
    const range = { from: new Date(now), to: new Date(now + 30 * 24 * 60 * MINUTE) };
    free.push(...(await calendarOf(simulator).listSlots(range)));
  });
  afterAll(() => simulator.close());
  afterEach(() => simulator.faults.clear());

  const request = (change: Partial<BookRequest> = {}): BookRequest => {
    const slot = free.shift();
    if (!slot) throw new Error('The simulator has too few free slots.');
    return { slot, attendee: MARY, key: randomUUID(), notes: null, answers: {}, ...change };
  };
  const stored = (key: string) =>
    simulator.state.bookings.all().filter(({ metadata }) => metadata['idempotencyKey'] === key);
  const count = () => simulator.state.bookings.all().length;
  /** The field at fault of a booking that was refused and that Cal.com knows nothing of. */
  const refusedField = async (calendar: CalcomCalendar, wanted: BookRequest) => {
    const before = count();
    const error: unknown = await calendar.book(wanted).catch((caught: unknown) => caught);
    if (!(error instanceof RequestRefusedError)) throw error;
    expect(count()).toBe(before);
    return error.field;
  };

  it('stores who booked, our key and nothing that Cal.com would refuse', async () => {
    const wanted = request({ notes: 'Left knee.' });
    const booking = await calendarOf(simulator).book(wanted);
    expect(booking).toMatchObject({ ...wanted.slot, status: 'confirmed', key: wanted.key });
    expect(booking.reference).toBe(booking.uid);
    expect(stored(wanted.key)).toMatchObject([
      {
        metadata: { idempotencyKey: wanted.key, source: 'slotline' },
        attendee: { name: 'Mary Smith', email: 'mary.smith@example.com' },
        responses: { notes: 'Left knee.' },
      },
    ]);
  });

  it('refuses a start off the grid, which Cal.com would book', async () => {
    const wanted = request();
    const slot = {
      start: new Date(wanted.slot.start.getTime() + 7 * MINUTE),
      end: new Date(wanted.slot.end.getTime() + 7 * MINUTE),
    };
    const before = count();
    await expect(calendarOf(simulator).book({ ...wanted, slot })).rejects.toThrow(
      SlotUnavailableError,
    );
    expect(count()).toBe(before);
  });

  it('refuses a start too soon and one too far ahead, as the event type says', async () => {
    const from = simulator.clock.now();
    const [first] = await calendarOf(simulator).listSlots({
      from: new Date(from),
      to: new Date(from + 24 * 60 * MINUTE),
    });
    // The default notice is two hours.
    expect(first?.start.getTime()).toBeGreaterThanOrEqual(from + 120 * MINUTE);
    for (const start of [from + 30 * MINUTE, from + 100 * 24 * 60 * MINUTE]) {
      const slot = { start: new Date(start), end: new Date(start + 30 * MINUTE) };
      await expect(calendarOf(simulator).book(request({ slot }))).rejects.toThrow(
        SlotUnavailableError,
      );
    }
  });

  it('refuses a phone number that cannot be one, which Cal.com would book', async () => {
    for (const phone of ['5551234', '555-1234', '+1', '+1415555', 'call me']) {
      const attendee = { ...MARY, phone };
      expect(await refusedField(calendarOf(simulator), request({ attendee }))).toBe('phone');
    }
  });

  it('refuses to go without an e-mail where the event type requires one, and never invents it', async () => {
    const attendee = { ...MARY, email: null, phone: '+14155552671' };
    expect(await refusedField(calendarOf(simulator), request({ attendee }))).toBe('email');
  });

  it('books with a phone number alone where the e-mail is optional', async () => {
    const calendar = calendarOf(simulator, { eventType: 'phone-only' });
    expect((await calendar.describe()).requiredAttendeeFields).toEqual(['name']);
    const wanted = request({ attendee: { ...MARY, email: null, phone: '+14155552671' } });
    const booking = await calendar.book(wanted);
    expect(booking.attendee).toMatchObject({ email: null, phone: '+14155552671' });
    expect(stored(wanted.key)[0]?.attendee.email).toBe('14155552671@sms.cal.com');
    const nobody = request({ attendee: { ...MARY, email: null } });
    expect(await refusedField(calendar, nobody)).toBe('phone');
  });

  it('takes the calendar’s zone for an attendee whose zone nobody knows', async () => {
    const wanted = request({ attendee: { ...MARY, timeZone: 'Mars/Base' } });
    await calendarOf(simulator).book(wanted);
    expect(stored(wanted.key)[0]?.attendee.timeZone).toBe('America/New_York');
  });

  it('asks for required fields, in the provider’s order, and refuses to go without', async () => {
    const calendar = calendarOf(simulator, { eventType: 'asking' });
    expect((await calendar.describe()).questions).toEqual([
      { key: 'reason', label: 'Reason', required: true, options: null },
    ]);
    expect(await refusedField(calendar, request())).toBe('reason');
    const wanted = request({ answers: { reason: 'toothache', unknown: 'left out' } });
    await calendar.book(wanted);
    expect(stored(wanted.key)[0]?.responses).toMatchObject({ reason: 'toothache' });
    expect(stored(wanted.key)[0]?.responses).not.toHaveProperty('unknown');
  });

  it('makes one booking of a recurring event type, whose answer is a list', async () => {
    const wanted = request();
    const booking = await calendarOf(simulator, { eventType: 'weekly' }).book(wanted);
    expect(booking).toMatchObject(wanted.slot);
    expect(stored(wanted.key)).toHaveLength(1);
  });

  it('books another length where the event type has it', async () => {
    const calendar = calendarOf(simulator, { eventType: 'lengths' });
    const { start } = request().slot;
    const slot = { start, end: new Date(start.getTime() + 15 * MINUTE) };
    expect(await calendar.book(request({ slot }))).toMatchObject(slot);
  });

  it('makes one booking of six at once, and tells the others that the time is taken', async () => {
    const { slot } = request();
    gate.gather(6);
    const keys = Array.from({ length: 6 }, () => randomUUID());
    const attempts = await Promise.allSettled(
      keys.map((key) =>
        calendarOf(simulator).book(request({ slot, key, attendee: { ...MARY, name: key } })),
      ),
    );
    const lost = attempts.filter((attempt) => attempt.status === 'rejected');
    expect(lost).toHaveLength(5);
    for (const { reason } of lost) expect(reason).toBeInstanceOf(SlotUnavailableError);
    expect(keys.flatMap(stored)).toHaveLength(1);
  });

  it.each(['commit-then-500', 'commit-then-reset', 'commit-then-timeout'] as const)(
    'finds the booking that was made although its answer was lost: %s',
    async (kind) => {
      const wanted = request();
      const calendar = calendarOf(simulator);
      await calendar.describe();
      simulator.faults.set({ operation: 'bookings.create', kind });
      const booking = await calendar.book(wanted);
      expect(booking).toMatchObject({ ...wanted.slot, key: wanted.key, status: 'confirmed' });
      expect(stored(wanted.key)).toHaveLength(1);
    },
    20_000,
  );

  it.each(['server-error', 'connection-reset'] as const)(
    'does not know the outcome of a write that failed with nothing to be found: %s',
    async (kind) => {
      const wanted = request();
      simulator.faults.set({ operation: 'bookings.create', kind });
      await expect(calendarOf(simulator).book(wanted)).rejects.toThrow(OutcomeUnknownError);
      expect(stored(wanted.key)).toHaveLength(0);
    },
  );

  it('does not know the outcome either while the look-up fails', async () => {
    const wanted = request();
    simulator.faults.set({ operation: 'bookings.create', kind: 'commit-then-500' });
    simulator.faults.set({ operation: 'bookings.list', kind: 'server-error', times: null });
    await expect(calendarOf(simulator).book(wanted)).rejects.toThrow(OutcomeUnknownError);
    simulator.faults.clear();
    const [found] = await calendarOf(simulator).findBookings({
      key: wanted.key,
      email: MARY.email,
    });
    expect(found).toMatchObject({ ...wanted.slot, key: wanted.key });
  });

  it('answers the first booking when the same key comes again over a list that is stale', async () => {
    const wanted = request();
    simulator.faults.set({ operation: 'slots.list', kind: 'stale-slots', times: null });
    const first = await calendarOf(simulator).book(wanted);
    const second = await calendarOf(simulator).book(wanted);
    expect(second.reference).toBe(first.reference);
    expect(stored(wanted.key)).toHaveLength(1);
  });

  it('sends nothing once it is too late for the ledger to hear the outcome', async () => {
    const wanted = request();
    simulator.faults.set({ operation: 'event-types.list', kind: 'delay', milliseconds: 3_500 });
    simulator.faults.set({ operation: 'slots.list', kind: 'delay', milliseconds: 1_200 });
    await expect(calendarOf(simulator).book(wanted)).rejects.toThrow(CalendarUnreachableError);
    expect(stored(wanted.key)).toHaveLength(0);
  });

  it('sends nothing when the slots cannot be read first', async () => {
    const wanted = request();
    const calendar = calendarOf(simulator);
    await calendar.describe();
    simulator.faults.set({ operation: 'slots.list', kind: 'server-error', times: null });
    await expect(calendar.book(wanted)).rejects.toThrow(CalendarUnreachableError);
    expect(stored(wanted.key)).toHaveLength(0);
  });

  it.each([
    ['revoked-key', { name: 'CalendarSetupError', problem: 'key-refused' }],
    ['event-type-deleted', { name: 'CalendarSetupError', problem: 'event-type-missing' }],
    ['rate-limited', { name: 'RateLimitedError', retryAfter: 30_000 }],
  ] as const)('says what is wrong and books nothing: %s', async (kind, error) => {
    const own = await startCalcom({ accounts: [FRONT_DESK] });
    const wanted = request();
    const calendar = calendarOf(own);
    await calendar.describe();
    own.faults.set({ operation: 'bookings.create', kind, milliseconds: 30_000 });
    await expect(calendar.book(wanted)).rejects.toMatchObject(error);
    expect(own.state.bookings.all()).toEqual([]);
    await own.close();
  });

  describe('in Google Meet', () => {
    const MEET = { type: 'integration', integration: 'google-meet' };

    it('asks for it where the event type offers it', async () => {
      expect(await sentLocation([{ type: 'attendeePhone' }, MEET])).toEqual(MEET);
    });

    it('leaves the place to an event type that does not offer it: Cal.com would refuse', async () => {
      expect(
        await sentLocation([{ type: 'integration', integration: 'cal-video' }]),
      ).toBeUndefined();
    });

    it('is called where the provider’s own place is the attendee’s phone', async () => {
      const phone = '+14155552671';
      const location = await sentLocation([{ type: 'attendeePhone' }], 'provider', phone);
      expect(location).toEqual({ type: 'attendeePhone', phone });
    });
  });
});

/** The location that a booking is sent with. */
async function sentLocation(
  locations: object[],
  meetingLink: 'provider' | 'google_meet' = 'google_meet',
  phone: string | null = null,
): Promise<unknown> {
  const types = recorded('event-types.by-username-slug').body as { data: object[] };
  const start = '2026-12-02T15:00:00.000Z';
  const slot = { start: new Date(start), end: new Date('2026-12-02T15:30:00.000Z') };
  const server = await startScripted(({ method, path }): ScriptStep => {
    if (method === 'POST') return recorded('booking.create.ok');
    if (path.startsWith('/v2/slots')) {
      const listed = { start, end: slot.end.toISOString() };
      return { body: { status: 'success', data: { '2026-12-02': [listed] } } };
    }
    return { body: { ...types, data: types.data.map((type) => ({ ...type, locations })) } };
  });
  const clock = { now: () => Date.parse('2026-11-20T20:00:00Z') };
  const calendar = calendarOf({ ...server, clock }, { eventType: 'consultation', meetingLink });
  const attendee = { ...MARY, phone };
  await calendar.book({ slot, attendee, key: 'key', notes: null, answers: {} });
  const sent = server.requests.at(-1)?.body as { location?: unknown } | undefined;
  return sent?.location;
}
