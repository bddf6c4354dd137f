import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { auditLedger, auditProvider } from '../../../bench/storm/audit.ts';
import type { Heard, ProviderBooking } from '../../../bench/storm/audit.ts';
import { bookThroughLedger } from '../../../booking/ledger/book-intent.ts';
import type { LedgerOutcome } from '../../../booking/ledger/ledger-context.ts';
import { reconcileIntent, USUAL_TIMES } from '../../../booking/ledger/reconcile.ts';
import type { ReconcilerParts } from '../../../booking/ledger/reconcile.ts';
import { insertCall } from '../../../db/calls/calls.ts';
import { openDatabase } from '../../../db/database.ts';
import type { Database } from '../../../db/database.ts';
import { listDueIntents } from '../../../db/intents/intent-states.ts';
import { calendarOf, FRONT_DESK } from '../../calendar/calcom/simulated.ts';
import { startCalcom } from '../../rehearsal/simulators/calcom/start-calcom.ts';
import type { ValidatedSimulator } from '../../rehearsal/simulators/calcom/start-calcom.ts';
import { openAdministrator } from '../../support/lost-connections.ts';
import type { Administrator } from '../../support/lost-connections.ts';
import { useTestDatabase } from '../../support/test-database.ts';
import { changed, CLOCK, entry, NOW, openLedgerCall, pick } from './ledger-call.ts';
import type { LedgerCall } from './ledger-call.ts';

const CALLERS = 230;
/** So many are at work at any time. */
const AT_ONCE = 40;
/** Among which they are spread: about four want each. */
const TIMES_WANTED = 60;
/** Losses of all connections, when so many callers have heard something. */
const LOSSES = [20, 90, 160];
const APPLICATION = 'callers';
/** Scaled from the usual ones as the provider here is faster; in this order of size all the same. */
const TIMES = {
  ...USUAL_TIMES,
  grace: 3_000,
  firstLook: 100,
  firstPause: 100,
  longestPause: 1_000,
  absenceProves: 3_000,
};

const database = useTestDatabase({ maxConnections: 10, clock: CLOCK });
let simulator: ValidatedSimulator;
let administrator: Administrator;
/** The callers' own: its connections are lost. */
let db: Database;

beforeEach(async () => {
  simulator = await startCalcom({ accounts: [FRONT_DESK], clock: CLOCK });
  administrator = await openAdministrator(database.url);
  db = openDatabase({
    connectionString: database.url,
    applicationName: APPLICATION,
    maxConnections: 20,
  });
});
afterEach(async () => {
  await db.destroy();
  await administrator.end();
  await simulator.close();
});

describe('a database that is lost while callers book', () => {
  it('leaves the caller under way in doubt, and the reconciler settles it', async () => {
    const call = await openCall();
    const { context, free } = call;
    let unblock = (): Promise<void> => Promise.resolve();
    const calendar = changed(context.calendar, (real) => ({
      async book(request) {
        const booking = await real.book(request);
        unblock = await administrator.block('appointments');
        return booking;
      },
    }));
    const outcome = bookThroughLedger({ ...context, calendar }, entry(pick(free, 0)));
    await administrator.untilWaiting(APPLICATION);
    await administrator.terminate(APPLICATION);
    expect(await outcome).toMatchObject({ state: 'unknown' });
    await unblock();
    await settleAll(call);
    expect(await intentsOf(call)).toEqual([{ state: 'confirmed' }]);
  });

  it(
    'makes no false booking and loses none, three times under 230 callers',
    {
      timeout: 90_000,
    },
    async () => {
      const call = await openCall();
      const { free, tenant } = call;
      const callIds = await Promise.all(Array.from({ length: CALLERS }, () => callAgain(call)));
      const heard = new Map<string, Heard>();
      const losses = [...LOSSES];
      let terminated = 0;
      const callers = callIds.entries();
      const callInTurn = async (): Promise<void> => {
        for (const [index, callId] of callers) {
          const email = `caller${index}@example.com`;
          const wish = entry(pick(free, index % TIMES_WANTED), { email });
          try {
            heard.set(email, heardOf(await bookThroughLedger({ ...call.context, callId }, wish)));
          } catch {
            // The caller hears an apology: not that it is booked, and not that it is taken.
            heard.set(email, 'nothing');
          }
          if (heard.size >= (losses[0] ?? Infinity)) {
            losses.shift();
            terminated += await administrator.terminate(APPLICATION);
          }
        }
      };
      await Promise.all(Array.from({ length: AT_ONCE }, callInTurn));
      expect(losses).toEqual([]);
      expect(terminated).toBeGreaterThan(LOSSES.length);
      const said = [...heard.values()];
      expect(said).toHaveLength(CALLERS);
      // Some callers met the losses.
      expect(said.filter((word) => word === 'nothing' || word === 'unconfirmed')).not.toEqual([]);
      await settleAll(call);

      const bookings = simulator.state.bookings.all().map((booking): ProviderBooking => ({
        reference: booking.rootUid,
        start: new Date(booking.start),
        end: new Date(booking.end),
        isLive: booking.status === 'accepted',
        email: booking.attendee.email,
      }));
      const provider = auditProvider(bookings, heard);
      expect(provider).toMatchObject({ doubled: 0, invented: 0, denied: 0, twice: 0 });
      expect(await auditLedger(database.db, tenant.organizationId, bookings)).toEqual({
        confirmed: provider.live,
        withoutBooking: 0,
        withoutIntent: 0,
        open: 0,
        withoutAppointment: 0,
      });
      expect(provider.live).toBeGreaterThan(TIMES_WANTED / 2);
    },
  );
});

/** A call on the simulator's calendar, which knows nothing of the database. */
async function openCall(): Promise<LedgerCall> {
  const calendar = calendarOf(simulator);
  const call = await openLedgerCall(database.db, { context: { db, calendar } });
  const to = new Date(NOW.getTime() + 14 * 24 * 3_600_000);
  return { ...call, calendar, free: await calendar.listSlots({ from: NOW, to }) };
}

function callAgain({ tenant }: LedgerCall): Promise<string> {
  const { organizationId, agentId } = tenant;
  const call = { organizationId, agentId, roomName: 'test', line: 'web', startedAt: NOW } as const;
  return insertCall(database.db, call);
}

function heardOf({ state }: LedgerOutcome): Heard {
  if (state === 'confirmed') return 'booked';
  return state === 'unknown' ? 'unconfirmed' : 'not booked';
}

/** As the jobs process does it, until nothing is open. */
async function settleAll({ tenant }: LedgerCall): Promise<void> {
  const parts: ReconcilerParts = {
    db: database.db,
    openCalendar: () => Promise.resolve(calendarOf(simulator)),
    times: TIMES,
  };
  const deadline = performance.now() + 30_000;
  while ((await countOpen(tenant.organizationId)) > 0) {
    if (performance.now() > deadline) throw new Error('Not everything was settled.');
    for (const key of await listDueIntents(database.db, TIMES, 100)) {
      await reconcileIntent(parts, key);
    }
    await pause(100);
  }
}

async function countOpen(organizationId: string): Promise<number> {
  const { count } = await database.db
    .selectFrom('bookingIntents')
    .select((select) => select.fn.countAll<string>().as('count'))
    .where('organizationId', '=', organizationId)
    .where('state', 'in', ['requested', 'claimed', 'unknown', 'attention'])
    .executeTakeFirstOrThrow();
  return Number(count);
}

async function intentsOf({ tenant }: LedgerCall): Promise<{ state: string }[]> {
  return database.db
    .selectFrom('bookingIntents')
    .select('state')
    .where('organizationId', '=', tenant.organizationId)
    .execute();
}
