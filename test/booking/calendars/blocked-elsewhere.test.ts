import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openEventCalendar } from '../../../booking/calendars/open-event-calendar.ts';
import { bookThroughLedger } from '../../../booking/ledger/book-intent.ts';
import type { LedgerOutcome } from '../../../booking/ledger/ledger-context.ts';
import { rescheduleThroughLedger } from '../../../booking/ledger/move-intent.ts';
import type { Calendar, Slot } from '../../../calendar/calendar.ts';
import { PROVIDERS, readProviders } from '../../../calendar/providers.ts';
import type { BookingEvent } from '../../../db/booking-events.ts';
import { insertOrganization } from '../../../db/organizations.ts';
import { addAgent } from '../../../manage/agents.ts';
import { connectCalendar } from '../../../manage/connect-calendar.ts';
import { addEvent } from '../../../manage/events.ts';
import { beginSignIn } from '../../../manage/sign-in/begin-sign-in.ts';
import { finishSignIn } from '../../../manage/sign-in/finish-sign-in.ts';
import { ALICE, environmentOf, useGoogle } from '../../calendar/google/simulated.ts';
import { API_KEY, startCalcom } from '../../rehearsal/simulators/calcom/start-calcom.ts';
import type { ValidatedSimulator } from '../../rehearsal/simulators/calcom/start-calcom.ts';
import { agree } from '../../support/agree.ts';
import { MACHINE_CLOCK } from '../../support/test-clock.ts';
import { useTestDatabase } from '../../support/test-database.ts';
import { MASTER_KEY, OFFICE } from '../../token-server/office/start-office.ts';
import { entry } from '../ledger/ledger-call.ts';

const DAY = 86_400_000;
const ZONE = 'America/New_York';

describe('a practice on Cal.com whose dentist has a Google calendar', () => {
  const database = useTestDatabase();
  const google = useGoogle();
  let calcom: ValidatedSimulator;
  let organizationId: string;
  let event: BookingEvent;
  let calendar: Calendar;
  let free: Slot[];

  const parts = () => ({
    db: database.db,
    masterKey: MASTER_KEY,
    now: MACHINE_CLOCK.now,
    providers: readProviders(environmentOf(google.simulator), PROVIDERS),
  });

  beforeAll(async () => {
    calcom = await startCalcom({ clock: MACHINE_CLOCK });
    organizationId = await insertOrganization(database.db, 'Harbor Street Clinic');
    const agent = { slug: 'desk', name: 'Desk', businessName: 'Harbor Street Clinic' };
    await addAgent(database.db, organizationId, agent);
    const practice = { provider: 'calcom', name: 'Practice', baseUrl: calcom.url };
    await connectCalendar(parts(), organizationId, practice, () => Promise.resolve(API_KEY));
    const dentist = { provider: 'google', name: 'Dr. Adams private', timeZone: ZONE };
    const { url } = await beginSignIn(parts(), organizationId, dentist, {
      actor: { kind: 'operator', id: null, name: 'Test' },
      sessionId: null,
      publicUrl: OFFICE,
    });
    const { searchParams: query } = await agree(url, { account: ALICE });
    const returned = { provider: 'google', query, sessionId: null };
    await finishSignIn(parts(), returned, () => Promise.resolve());
    const added = await addEvent(parts(), organizationId, {
      agent: 'desk',
      calendar: 'Practice',
      name: 'Cleaning',
      eventType: 'appointment',
      busyCalendars: ['Dr. Adams private'],
    });
    event = added.event;
    calendar = await openEventCalendar(database.db, event, parts());
    const from = new Date(Date.now() + DAY);
    free = await calendar.listSlots({ from, to: new Date(from.getTime() + 10 * DAY) });
  });
  afterAll(() => calcom.close());

  const fresh = (): Slot => {
    const [slot] = free.splice(0, 2);
    if (!slot) throw new Error('Nothing is free any more.');
    return slot;
  };
  const isListed = async ({ start, end }: Slot) =>
    (await calendar.listSlots({ from: start, to: end })).length > 0;
  const dentistTakes = ({ start, end }: Slot) =>
    google.simulator.owner(ALICE).add({
      start: { dateTime: start.toISOString() },
      end: { dateTime: end.toISOString() },
    });
  const context = () => ({
    db: database.db,
    calendar,
    organizationId,
    agentId: event.agentId,
    callId: null,
    calendarConnectionId: event.calendarConnectionId,
    bookingEventId: event.id,
    organizerEmail: null,
    eventType: event.eventType,
  });
  const book = (slot: Slot, email: string): Promise<LedgerOutcome> =>
    bookThroughLedger(context(), entry(slot, { email }));
  const bookedAt = ({ start }: Slot) =>
    calcom.state.bookings.all().filter((booking) => booking.start === start.getTime());

  it('is offered and booked at Cal.com while the dentist is free', async () => {
    const slot = fresh();
    expect(await isListed(slot)).toBe(true);
    expect(await book(slot, 'free@example.com')).toMatchObject({
      state: 'confirmed',
      booking: slot,
    });
    expect(bookedAt(slot)).toMatchObject([{ status: 'accepted' }]);
    const [appointment] = await database.db.selectFrom('appointments').selectAll().execute();
    expect(appointment).toMatchObject({
      calendarConnectionId: event.calendarConnectionId,
      startAt: slot.start,
      status: 'confirmed',
    });
    // Nothing is written into a calendar that only blocks.
    expect(google.simulator.owner(ALICE).all()).toEqual([]);
  });

  it('is neither offered nor booked while the dentist is not, and free once that is cancelled', async () => {
    const slot = fresh();
    const { id } = dentistTakes(slot);
    expect(await isListed(slot)).toBe(false);
    // It was offered before.
    expect(await book(slot, 'late@example.com')).toEqual({ state: 'taken' });
    expect(bookedAt(slot)).toEqual([]);
    google.simulator.owner(ALICE).remove(id);
    expect(await isListed(slot)).toBe(true);
    expect(await book(slot, 'next@example.com')).toMatchObject({ state: 'confirmed' });
  });

  it('is not moved to where the dentist has something', async () => {
    const [slot, to] = [fresh(), fresh()];
    const booked = await book(slot, 'moves@example.com');
    if (booked.state !== 'confirmed') throw new Error(booked.state);
    dentistTakes(to);
    const { appointmentId } = booked;
    const move = { appointmentId, slot: to, reason: 'Asked.' };
    expect(await rescheduleThroughLedger(context(), move)).toEqual({ state: 'taken' });
    expect(bookedAt(slot)).toMatchObject([{ status: 'accepted' }]);
    expect(bookedAt(to)).toEqual([]);
  });

  it('is not free while Google cannot be read, and says so', async () => {
    const slot = fresh();
    const { faults } = google.simulator;
    const refuse = { kind: 'refuse', status: 403, reason: 'insufficientPermissions' } as const;
    faults.set({ operation: 'events.list', times: null, ...refuse });
    await expect(isListed(slot)).rejects.toThrow(/The calendar "Dr\. Adams private", which blocks/);
    expect(await book(slot, 'unread@example.com')).toMatchObject({ state: 'refused' });
    expect(bookedAt(slot)).toEqual([]);
    faults.clear();
    expect(await isListed(slot)).toBe(true);
  });
});
