import { writeSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { pino } from 'pino';
import { openEventCalendar } from '../../booking/calendars/open-event-calendar.ts';
import { USUAL_TIMES } from '../../booking/ledger/reconcile.ts';
import type { Calendar } from '../../calendar/calendar.ts';
import { readProviders } from '../../calendar/providers.ts';
import type { BookingEvent } from '../../db/booking-events.ts';
import { openDatabase } from '../../db/database.ts';
import { runJobs } from '../../jobs/run-jobs.ts';
import { RECONCILE, runReconciler } from '../../jobs/tasks/reconcile-intent.ts';
import { sweepIntents } from '../../jobs/tasks/sweep-intents.ts';
import { SWEEP } from '../../db/jobs/heartbeat.ts';
import { callUntilKilled } from './crashing-caller.ts';
import type { StormOrders } from './crashing-caller.ts';
import { seededRandom } from './random.ts';
import type { StormPoint } from './storm-points.ts';

// Run as a program: a process of the storm, a call's or the reconciler's, that kills itself at the
// point it was told. What its callers hear is written before anything else can happen.
const orders = JSON.parse(process.argv[2] ?? '') as StormOrders;
const random = seededRandom(orders.seed);
const db = openDatabase({ connectionString: orders.databaseUrl, maxConnections: 6 });
const masterKey = Buffer.from(orders.masterKey, 'base64');
// Nobody is left behind when the storm itself is ended.
process.stdin.once('end', () => process.exit()).resume();
let left = orders.nth;
let isImpatient = false;

/** Dies where it was told to, not at once: what runs beside it goes on for a moment. */
async function onStep(name: StormPoint): Promise<void> {
  if (orders.point === null || (name !== orders.point && !isImpatient)) return;
  left -= 1;
  if (left !== 0 && !isImpatient) return;
  await pause(random() * 4);
  writeSync(1, `${JSON.stringify({ diedAt: name })}\n`);
  process.kill(process.pid, 'SIGKILL');
  await new Promise(() => {});
}

async function openCalendar(event: BookingEvent): Promise<Calendar> {
  const now = () => new Date();
  const calendar = await openEventCalendar(db, event, {
    masterKey,
    now,
    providers: readProviders({}),
  });
  const dying = dyingInFlight(calendar);
  return event.name === orders.replacedEvent ? withoutReschedule(dying) : dying;
}

function dyingInFlight(calendar: Calendar): Calendar {
  const inFlight = async <T>(write: Promise<T>): Promise<T> => {
    if (orders.point === 'in-flight') {
      await Promise.race([write.catch(() => {}), pause(random() * 40)]);
      await onStep('in-flight');
    }
    return write;
  };
  return {
    describe: () => calendar.describe(),
    listSlots: (range, minutes) => calendar.listSlots(range, minutes),
    findBookings: (query) => calendar.findBookings(query),
    book: (request) => inFlight(calendar.book(request)),
    reschedule: (reference, slot, reason) => inFlight(calendar.reschedule(reference, slot, reason)),
    cancel: (reference, reason) => inFlight(calendar.cancel(reference, reason)),
    ...(calendar.settleWrite && { settleWrite: calendar.settleWrite.bind(calendar) }),
  };
}

/** As a provider that moves a booking by making another. */
function withoutReschedule(calendar: Calendar): Calendar {
  return {
    ...calendar,
    reschedule: () => Promise.reject(new Error('This provider moves nothing.')),
    async describe() {
      const description = await calendar.describe();
      return { ...description, supports: { ...description.supports, reschedule: false } };
    },
  };
}

async function reconcile(): Promise<void> {
  const logger = pino({ level: 'silent' });
  // In the order of size of the usual ones, as the simulator is faster than a provider far away.
  const times = {
    ...USUAL_TIMES,
    grace: 6_000 * orders.slowness,
    // At once: here a call's own look-up and a reconciler's are meant to meet.
    firstLook: 200,
    firstPause: 200,
    longestPause: 1_000,
    absenceProves: 8_000 * orders.slowness,
  };
  const reconciler = { db, openCalendar, times, onStep };
  const jobs = await runJobs({
    databaseUrl: orders.databaseUrl,
    concurrency: 4,
    logger,
    jobs: [
      { name: SWEEP, task: sweepIntents({ reconciler, pause: 300 }), cron: '* * * * *' },
      { name: RECONCILE, task: runReconciler({ reconciler, logger }), cron: null },
    ],
  });
  process.once('SIGTERM', () => void jobs.stop());
  await jobs.ended;
}

if (orders.role === 'reconciler') await reconcile();
else {
  await callUntilKilled(
    {
      db,
      openCalendar,
      onStep,
      random,
      tell: (line) => writeSync(1, `${JSON.stringify(line)}\n`),
      losePatience: () => {
        isImpatient = true;
      },
    },
    orders,
  );
}
await db.destroy();
process.stdin.destroy();
