import { setTimeout as pause } from 'node:timers/promises';
import { beforeAll, describe, expect, it } from 'vitest';
import { auditLedger, auditProvider } from '../../bench/storm/audit.ts';
import type { Heard } from '../../bench/storm/audit.ts';
import { below, oneOf, seededRandom } from '../../bench/storm/random.ts';
import type { StormTenant } from '../../bench/storm/storm-tenant.ts';
import { openEventCalendar } from '../../booking/calendars/open-event-calendar.ts';
import type { OpenConnectionOptions } from '../../booking/calendars/open-connection.ts';
import { bookThroughLedger } from '../../booking/ledger/book-intent.ts';
import type { CrashPoint } from '../../booking/ledger/crash-point.ts';
import { USUAL_DEADLINES } from '../../booking/ledger/ledger-context.ts';
import { rescheduleThroughLedger } from '../../booking/ledger/move-intent.ts';
import { reconcileIntent, USUAL_TIMES } from '../../booking/ledger/reconcile.ts';
import type { Calendar, Slot } from '../../calendar/calendar.ts';
import type { BookingEvent } from '../../db/booking-events.ts';
import type { Database } from '../../db/database.ts';
import { transport } from '../../runtime/http-transport.ts';
import { useTestDatabase } from '../support/test-database.ts';
import { brokenConnection } from './unreliable-fetch.ts';

const DAY = 86_400_000;
export const STORM_CALLERS = 8;
const WISHES = 6;
/** The more callers want the same few times, the harder they race. */
const HOT_SLOTS = 10;
/** The process of one in so many wishes dies, at the first to the fifth boundary that it comes to. */
const DIES_OF = 2;
const BOUNDARIES = 5;
/** Milliseconds; scaled down with the slowness of the connection below. */
const TIMES = {
  ...USUAL_TIMES,
  grace: 10_000,
  firstLook: 500,
  firstPause: 200,
  longestPause: 1_000,
  absenceProves: 10_000,
};

export interface SmallStorm {
  /** A connected calendar with STORM_CALLERS calls. */
  setup: (db: Database) => Promise<StormTenant>;
  /** By which the calendar is opened, once it is set up. */
  options: () => Omit<OpenConnectionOptions, 'fetch' | 'now'>;
  /** Whether a request to the provider changes a calendar. */
  isWrite: (url: URL, request: RequestInit) => boolean;
}

/**
 * Callers who race for a few times while answers are lost, late or wrong and processes die, and what is
 * at the provider and in the ledger afterwards.
 */
export function describeSmallStorm(name: string, { setup, options, isWrite }: SmallStorm): void {
  describe(`a small storm on ${name}`, () => {
    const random = seededRandom(7);
    const database = useTestDatabase({ maxConnections: 12 });
    const heard = new Map<string, Heard>();
    const died = new Set<CrashPoint>();
    let tenant: StormTenant;
    let wishes = 0;

    beforeAll(async () => {
      tenant = await setup(database.db);
    });

    /** A connection on which answers are lost, late, or errors: some after the server has done it. */
    const stormy: typeof fetch = async (input, init = {}) => {
      const chance = random();
      const changes = isWrite(new URL(input instanceof Request ? input.url : input), init);
      if (chance < (changes ? 0.05 : 0.01)) throw brokenConnection();
      if (changes && chance < 0.1) await pause(1_000);
      const response = await transport(input, init);
      if (!changes || chance < 0.1) return response;
      const body = await response.arrayBuffer();
      if (chance < 0.16) throw brokenConnection();
      if (chance < 0.22) return new Response('', { status: 503 });
      const { status, headers } = response;
      return new Response(body.byteLength > 0 ? body : null, { status, headers });
    };

    const open = (event: BookingEvent, fetch: typeof globalThis.fetch): Promise<Calendar> =>
      openEventCalendar(database.db, event, { ...options(), now: () => new Date(), fetch });

    /** Runs until its end, or until the process that it stands for dies at a boundary. */
    async function maybeDying<T>(
      work: (onStep: (name: CrashPoint) => Promise<void>) => Promise<T>,
    ): Promise<T | null> {
      const { promise: death, resolve } = Promise.withResolvers<null>();
      const forever = new Promise<void>(() => undefined);
      wishes += 1;
      let left = wishes % DIES_OF === 0 ? 1 + below(random, BOUNDARIES) : Number.POSITIVE_INFINITY;
      const onStep = (point: CrashPoint) => {
        // In the middle of a transaction only a process of its own can die: here its locks would stay.
        if (point === 'confirming') return Promise.resolve();
        left -= 1;
        if (left > 0) return Promise.resolve();
        died.add(point);
        resolve(null);
        return forever;
      };
      return Promise.race([work(onStep), death]);
    }

    async function call(callId: string, caller: string, slots: readonly Slot[]): Promise<void> {
      const { organizationId, agentId, event } = tenant;
      const calendar = await open(event, stormy);
      const context = {
        db: database.db,
        calendar,
        organizationId,
        agentId,
        callId,
        calendarConnectionId: event.calendarConnectionId,
        bookingEventId: event.id,
        organizerEmail: null,
        eventType: event.eventType,
        deadlines: { ...USUAL_DEADLINES, sendWithin: 1_000, believeRival: 500 },
      };
      for (let wish = 0; wish < WISHES; wish += 1) {
        const email = `${caller}-${wish}@example.com`;
        const attendee = { name: 'A caller', email, phone: null, timeZone: 'UTC' };
        const entry = { slot: oneOf(random, slots), attendee, notes: null, answers: {} };
        heard.set(email, 'nothing');
        const outcome = await maybeDying((onStep) =>
          bookThroughLedger({ ...context, onStep }, entry),
        );
        if (outcome === null) continue;
        const said = { confirmed: 'booked', unknown: 'unconfirmed' } as const;
        heard.set(
          email,
          outcome.state === 'confirmed' || outcome.state === 'unknown'
            ? said[outcome.state]
            : 'not booked',
        );
        if (outcome.state !== 'confirmed' || below(random, 3) > 0) continue;
        const { appointmentId } = outcome;
        const move = { appointmentId, slot: oneOf(random, slots), reason: 'Asked.' };
        await maybeDying((onStep) => rescheduleThroughLedger({ ...context, onStep }, move));
      }
    }

    const openIntents = () =>
      database.db
        .selectFrom('bookingIntents')
        .select(['id', 'organizationId'])
        .where('state', 'in', ['requested', 'claimed', 'unknown', 'attention'])
        .execute();

    it('doubles, loses and invents nothing, whoever dies and whatever answer is lost', async () => {
      const quiet = await open(tenant.event, transport);
      const now = Date.now();
      const range = { from: new Date(now + DAY), to: new Date(now + 10 * DAY) };
      const slots = (await quiet.listSlots(range)).slice(0, HOT_SLOTS);
      expect(slots).toHaveLength(HOT_SLOTS);
      await Promise.all(
        tenant.callIds.map((callId, index) => call(callId, `caller-${index}`, slots)),
      );
      const parts = {
        db: database.db,
        openCalendar: (event: BookingEvent) => open(event, transport),
        times: TIMES,
      };
      const ends = performance.now() + 90_000;
      for (;;) {
        const left = await openIntents();
        if (left.length === 0 || performance.now() > ends) break;
        for (const key of left) await reconcileIntent(parts, key);
        await pause(200);
      }
      const listed = (await quiet.listBookings?.({ from: new Date(now), to: range.to })) ?? [];
      const bookings = listed.map((news) => ({
        reference: news.reference,
        start: news.start ?? new Date(0),
        end: news.end ?? new Date(0),
        isLive: news.status === 'confirmed',
        email: news.attendees?.[0]?.email ?? '',
      }));
      const audit = {
        ...auditProvider(bookings, heard),
        ...(await auditLedger(database.db, tenant.organizationId, bookings)),
      };
      expect(audit).toMatchObject({
        doubled: 0,
        invented: 0,
        denied: 0,
        twice: 0,
        withoutBooking: 0,
        withoutIntent: 0,
        open: 0,
        withoutAppointment: 0,
      });
      expect(audit.live).toBe(audit.confirmed);
      expect(audit.live).toBeGreaterThan(3);
      // Without deaths it was no storm.
      expect(died.size).toBeGreaterThan(1);
    }, 240_000);
  });
}
