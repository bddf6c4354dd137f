import { setTimeout as pause } from 'node:timers/promises';
import type { LedgerContext } from '../../booking/ledger/ledger-context.ts';
import { USUAL_DEADLINES } from '../../booking/ledger/ledger-context.ts';
import { reconcileIntent, USUAL_TIMES } from '../../booking/ledger/reconcile.ts';
import type { ReconcilerParts } from '../../booking/ledger/reconcile.ts';
import type { Attendee, Slot } from '../../calendar/calendar.ts';
import type { Database } from '../../db/database.ts';
import { listDueIntents } from '../../db/intents/intent-states.ts';
import { auditLedger, auditProvider, sumOf } from './audit.ts';
import type { Heard, LedgerAudit, ProviderAudit, ProviderBooking } from './audit.ts';
import { callDesk, callLedger } from './ledger-caller.ts';
import type { Wish } from './ledger-caller.ts';
import { bookNaively } from './naive-caller.ts';
import { NO_FAULTS, RacingProvider, STEP, STORMY } from './racing-calendar.ts';
import { patiently } from './patiently.ts';
import { below, seededRandom } from './random.ts';
import type { Random } from './random.ts';
import { insertStormTenant } from './storm-tenant.ts';
import type { StormTenant } from './storm-tenant.ts';

const DAY = 86_400_000;
const FIRST_DAY = Date.parse('2027-01-04T00:00:00Z');
/** Callers who come at the same time to one day of one calendar. */
const CALLERS = 100;
/** Of these, those who hear an offer at the desk first. */
const AT_THE_DESK = 4;
/** Calendars at work side by side. */
const LANES = 2;
/** Scaled from the usual ones as the provider's slowness is; in this order of size all the same. */
const TIMES = {
  ...USUAL_TIMES,
  grace: 3_000,
  firstLook: 100,
  firstPause: 100,
  longestPause: 1_000,
  absenceProves: 3_000,
};

const DEADLINES = { ...USUAL_DEADLINES, sendWithin: 1_000 };

export interface AttemptsFigures {
  attempts: number;
  seconds: number;
  ours: ProviderAudit & LedgerAudit & { unconfirmed: number };
  /** Callers who heard that something is wrong, by the error: a database that has no time for them. */
  failures: Map<string, number>;
  naive: ProviderAudit;
}

/**
 * Sends callers at the same times of the same days: through the ledger, and, beside it, as a naive
 * program would, against a provider of its own with the same race and the same faults.
 */
export async function runAttempts(options: {
  db: Database;
  attempts: number;
  seed: number;
  /** Told of every thousandth or so attempt. */
  onProgress?: (done: number) => void;
}): Promise<AttemptsFigures> {
  const { db, attempts, seed } = options;
  const began = performance.now();
  const share = Math.ceil(attempts / LANES);
  const failures = new Map<string, number>();
  const lanes = await Promise.all(
    Array.from({ length: LANES }, (_, index) =>
      openLane(db, failures, { seed: seed + index, attempts: share }),
    ),
  );
  const stopReconciler = startReconciler(db, lanes);
  let done = 0;
  await Promise.all(
    lanes.map((lane) =>
      runLane(db, lane, (count) => {
        done += count;
        options.onProgress?.(done);
      }),
    ),
  );
  for (const lane of lanes) lane.ours.rates = NO_FAULTS;
  await stopReconciler();
  const seconds = (performance.now() - began) / 1_000;
  const audits = await Promise.all(lanes.map((lane) => auditLane(db, lane)));
  return {
    attempts: done,
    seconds,
    ours: sumOf(audits.map(({ ours }) => ours)),
    naive: sumOf(audits.map(({ naive }) => naive)),
    failures,
  };
}

/** What a caller hears when the work fails: nothing of a booking, and nothing is certain. */
async function orNothing(failures: Map<string, number>, work: Promise<Heard>): Promise<Heard> {
  try {
    return await work;
  } catch (error) {
    const name = error instanceof Error ? `${error.name}: ${error.message}` : 'not an error';
    failures.set(name, (failures.get(name) ?? 0) + 1);
    return 'nothing';
  }
}

interface Lane {
  tenant: StormTenant;
  ours: RacingProvider;
  naive: RacingProvider;
  random: Random;
  /** By the attempt's number. */
  heard: Heard[];
  heardNaively: Heard[];
  failures: Map<string, number>;
  attempts: number;
}

async function openLane(
  db: Database,
  failures: Map<string, number>,
  { seed, attempts }: { seed: number; attempts: number },
): Promise<Lane> {
  return {
    tenant: await patiently(() => insertStormTenant(db, { calls: CALLERS })),
    ours: new RacingProvider(seededRandom(seed * 3 + 1), STORMY),
    naive: new RacingProvider(seededRandom(seed * 3 + 1), STORMY),
    random: seededRandom(seed * 3 + 2),
    heard: [],
    heardNaively: [],
    failures,
    attempts,
  };
}

async function runLane(db: Database, lane: Lane, onDone: (count: number) => void): Promise<void> {
  const calendar = lane.ours.open();
  const naive = lane.naive.open();
  for (let round = 0; lane.heard.length < lane.attempts; round += 1) {
    const day = FIRST_DAY + round * DAY;
    const first = lane.heard.length;
    const wishes = wishesOf(lane.random, day, first, Math.min(CALLERS, lane.attempts - first));
    const [heard, naively] = await Promise.all([
      Promise.all(
        wishes.map((wish, index) => {
          const context = contextOf(db, lane, calendar, index);
          const now = () => new Date(day);
          const call =
            index < AT_THE_DESK
              ? callDesk(context, lane.tenant.event, { attendee: wish.attendee, now })
              : callLedger(context, wish);
          return orNothing(lane.failures, call);
        }),
      ),
      Promise.all(wishes.map(({ slot, attendee }) => bookNaively(naive, slot, attendee))),
    ]);
    lane.heard.push(...heard);
    lane.heardNaively.push(...naively.map((told) => (told === 'booked' ? told : 'not booked')));
    onDone(wishes.length);
  }
}

function wishesOf(random: Random, day: number, first: number, count: number): Wish[] {
  const hot = slotAt(day, below(random, 35));
  return Array.from({ length: count }, (_, index) => {
    const kind = random();
    const near = below(random, 5) - 2;
    const slot =
      kind < 0.6
        ? hot
        : kind < 0.9
          ? { start: shifted(hot.start, near), end: shifted(hot.end, near) }
          : slotAt(day, below(random, 35));
    const chance = random();
    const after =
      chance < 0.1
        ? 'cancel'
        : chance < 0.2
          ? { moveTo: slotAt(day, below(random, 35)) }
          : ('keep' as const);
    return { slot: opened(slot, day), attendee: attendeeOf(first + index), after };
  });
}

/** The n-th quarter of an hour of a day's hours. */
function slotAt(day: number, quarter: number): Slot {
  const start = day + 9 * 4 * STEP + quarter * STEP;
  return { start: new Date(start), end: new Date(start + 2 * STEP) };
}

function shifted(instant: Date, quarters: number): Date {
  return new Date(instant.getTime() + quarters * STEP);
}

/** Nobody wishes for a time outside the hours: nothing would be raced for. */
function opened(slot: Slot, day: number): Slot {
  if (slot.start < slotAt(day, 0).start) return slotAt(day, 0);
  return slot.start > slotAt(day, 34).start ? slotAt(day, 34) : slot;
}

function attendeeOf(attempt: number): Attendee {
  return { name: 'A caller', email: emailOf(attempt), phone: null, timeZone: 'UTC' };
}

function emailOf(attempt: number): string {
  return `caller${attempt}@example.com`;
}

function contextOf(
  db: Database,
  { tenant }: Lane,
  calendar: LedgerContext['calendar'],
  caller: number,
): LedgerContext {
  return {
    db,
    calendar,
    organizationId: tenant.organizationId,
    agentId: tenant.agentId,
    callId: tenant.callIds[caller] ?? '',
    calendarConnectionId: tenant.event.calendarConnectionId,
    bookingEventId: tenant.event.id,
    organizerEmail: null,
    eventType: tenant.event.eventType,
    deadlines: DEADLINES,
  };
}

/** Settles beside the callers; the function it answers waits until nothing is open. */
function startReconciler(db: Database, lanes: readonly Lane[]): () => Promise<void> {
  const parts: ReconcilerParts = {
    db,
    openCalendar: (event) => {
      const lane = lanes.find(({ tenant }) => tenant.event.id === event.id);
      if (!lane) return Promise.reject(new Error('There is no such calendar.'));
      return Promise.resolve(lane.ours.open());
    },
    times: TIMES,
  };
  let stopping = false;
  const work = (async () => {
    for (;;) {
      try {
        const due = await listDueIntents(db, TIMES, 100);
        await Promise.all(due.map((key) => reconcileIntent(parts, key)));
        if (stopping && due.length === 0 && (await countOpen(db)) === 0) return;
      } catch {
        // As in the jobs process: what was not settled is due again.
      }
      await pause(100);
    }
  })();
  return async () => {
    stopping = true;
    await work;
  };
}

async function countOpen(db: Database): Promise<number> {
  const { count } = await db
    .selectFrom('bookingIntents')
    .select((select) => select.fn.countAll<string>().as('count'))
    .where('state', 'in', ['requested', 'claimed', 'unknown'])
    .executeTakeFirstOrThrow();
  return Number(count);
}

async function auditLane(db: Database, lane: Lane) {
  const bookings = lane.ours.all().map(asProviderBooking);
  const ledger = await patiently(() => auditLedger(db, lane.tenant.organizationId, bookings));
  const ours = auditProvider(bookings, byEmail(lane.heard));
  const unconfirmed = lane.heard.filter((heard) => heard === 'unconfirmed').length;
  return {
    ours: { ...ours, ...ledger, unconfirmed },
    naive: auditProvider(lane.naive.all().map(asProviderBooking), byEmail(lane.heardNaively)),
  };
}

function asProviderBooking(booking: ReturnType<RacingProvider['all']>[number]): ProviderBooking {
  const { reference, start, end, status, attendee } = booking;
  return { reference, start, end, isLive: status === 'confirmed', email: attendee.email ?? '' };
}

function* byEmail(heard: readonly Heard[]): Generator<readonly [string, Heard]> {
  for (const [attempt, said] of heard.entries()) yield [emailOf(attempt), said];
}
