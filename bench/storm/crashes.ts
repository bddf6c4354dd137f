import { randomBytes } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { Database } from '../../db/database.ts';
import { auditLedger, auditProvider, sumOf } from './audit.ts';
import type { Heard, LedgerAudit, ProviderAudit } from './audit.ts';
import type { StormOrders } from './crashing-caller.ts';
import { patiently } from './patiently.ts';
import { below, oneOf, seededRandom } from './random.ts';
import type { Random } from './random.ts';
import { CALL_POINTS, needsReplacement, RECONCILER_POINTS } from './storm-points.ts';
import type { StormPoint } from './storm-points.ts';
import { startStormProcess } from './storm-process.ts';
import type { StormProcess } from './storm-process.ts';
import { insertStormTenant } from './storm-tenant.ts';
import type { StormTenant } from './storm-tenant.ts';
import { stormyCalcom } from './stormy-calcom.ts';
import type { StormyProvider } from './stormy-provider.ts';

/** Processes of callers at once. */
const PROCESSES = 3;
/** Processes that share a calendar, one after the other and side by side. */
const PROCESSES_A_CALENDAR = 20;
/** One in so many of the processes that die is a reconciler. */
const RECONCILERS_OF = 6;
const REPLACED = 'Replaced';
/** Milliseconds; what is open after that is counted as a fault. */
const SETTLE_WITHIN = 180_000;

export interface CrashFigures {
  /** What was booked at. */
  title: string;
  /** Processes killed, by where they were. */
  killed: Map<StormPoint, number>;
  crashes: number;
  /** Processes that had to give up, on a machine too busy for them. */
  failed: number;
  seconds: number;
  /** From the provider's recovery at the end until no intent was open. */
  secondsToSettle: number;
  audit: ProviderAudit & LedgerAudit & { heard: number };
}

/**
 * Kills processes at named points between any two steps of an intent, callers' and reconcilers',
 * while the provider fails at random; then lets it recover, waits until everything is settled, and
 * audits.
 *
 * @param options.provider the Cal.com simulator unless given; closed at the end
 */
export async function runCrashes(options: {
  db: Database;
  databaseUrl: string;
  crashes: number;
  seed: number;
  provider?: StormyProvider;
  onProgress?: (crashes: number) => void;
}): Promise<CrashFigures> {
  const { crashes, seed } = options;
  const began = performance.now();
  const random = seededRandom(seed);
  const provider = options.provider ?? (await stormyCalcom(seed + 1));
  const storm: Storm = {
    ...options,
    random,
    provider,
    masterKey: randomBytes(32),
    tenants: [],
    heard: new Map(),
    killed: new Map(),
    started: 0,
    accounts: 0,
    failed: 0,
    deadReconcilers: 0,
    reconciler: null,
    over: false,
  };
  try {
    const outages = provider.fail(() => storm.over);
    const reconcilers = keepReconciling(storm);
    await Promise.all(
      Array.from({ length: PROCESSES }, async () => {
        while (countKilled(storm) < crashes) await sendCallers(storm);
      }),
    );
    storm.over = true;
    storm.reconciler?.terminate();
    await Promise.all([reconcilers, outages]);
    provider.recover();
    const recovered = performance.now();
    await settleAll(storm);
    const secondsToSettle = (performance.now() - recovered) / 1_000;
    const seconds = (performance.now() - began) / 1_000;
    const audit = await auditAll(storm);
    const { killed, failed } = storm;
    const { title } = provider;
    const figures = { title, killed, failed, crashes: countKilled(storm) };
    return { ...figures, seconds, secondsToSettle, audit };
  } finally {
    storm.over = true;
    await provider.close();
  }
}

interface Tenant extends StormTenant {
  /** What its provider calls the calendar. */
  calendar: string;
  replaces: boolean;
  uses: number;
}

interface Storm {
  db: Database;
  databaseUrl: string;
  crashes: number;
  onProgress?: (crashes: number) => void;
  random: Random;
  provider: StormyProvider;
  masterKey: Buffer;
  tenants: Tenant[];
  /** What was heard last, by e-mail address. */
  heard: Map<string, Heard>;
  killed: Map<StormPoint, number>;
  started: number;
  accounts: number;
  /** Processes that ended with an error of theirs. */
  failed: number;
  deadReconcilers: number;
  reconciler: StormProcess | null;
  over: boolean;
}

/** A process with callers that is to die at a point; whether it got there is up to the storm. */
async function sendCallers(storm: Storm): Promise<void> {
  const { random } = storm;
  const point = oneOf(random, leastKilled(storm, CALL_POINTS));
  const replaces = needsReplacement(point) || random() < 0.3;
  const tenant = await tenantFor(storm, replaces);
  const { organizationId, agentId, event, callIds } = tenant;
  const first = below(random, callIds.length - 3);
  const child = start(storm, {
    role: 'caller',
    point,
    // The rarer points are not reached often.
    nth: 1 + below(random, replaces || point.includes('refused') ? 1 : 3),
    tenant: {
      organizationId,
      agentId,
      eventId: event.id,
      callIds: callIds.slice(first, first + 3),
    },
  });
  note(storm, await child.ended);
}

/** One reconciler runs at any time; now and then one that is to die at a point. */
async function keepReconciling(storm: Storm): Promise<void> {
  while (!storm.over) {
    const isToDie = storm.deadReconcilers < storm.crashes / RECONCILERS_OF;
    const point = isToDie ? oneOf(storm.random, leastKilled(storm, RECONCILER_POINTS)) : null;
    const orders = { role: 'reconciler', point, nth: 1 + below(storm.random, 2) } as const;
    storm.reconciler = start(storm, { ...orders, tenant: null });
    const end = await storm.reconciler.ended;
    if (end.diedAt) storm.deadReconcilers += 1;
    note(storm, end);
  }
}

async function settleAll(storm: Storm): Promise<void> {
  const reconciler = start(storm, { role: 'reconciler', point: null, nth: 1, tenant: null });
  const deadline = performance.now() + SETTLE_WITHIN;
  while ((await patiently(() => countOpen(storm.db))) > 0 && performance.now() < deadline) {
    await pause(100);
  }
  reconciler.terminate();
  await reconciler.ended;
}

async function countOpen(db: Database): Promise<number> {
  const { count } = await db
    .selectFrom('bookingIntents')
    .select((select) => select.fn.countAll<string>().as('count'))
    .where('state', 'in', ['requested', 'claimed', 'unknown', 'attention'])
    .executeTakeFirstOrThrow();
  return Number(count);
}

function start(
  storm: Storm,
  orders: Pick<StormOrders, 'role' | 'point' | 'nth' | 'tenant'>,
): StormProcess {
  storm.started += 1;
  return startStormProcess(
    {
      ...orders,
      databaseUrl: storm.databaseUrl,
      masterKey: storm.masterKey.toString('base64'),
      seed: storm.started,
      slowness: storm.provider.slowness,
      replacedEvent: REPLACED,
      name: `process${storm.started}`,
    },
    (email, heard) => storm.heard.set(email, heard),
  );
}

function note(storm: Storm, { diedAt: point, failed }: Awaited<StormProcess['ended']>): void {
  if (failed) storm.failed += 1;
  if (storm.failed > 10 + storm.crashes / 10) throw new Error('Too many processes failed.');
  if (point === null) return;
  storm.killed.set(point, (storm.killed.get(point) ?? 0) + 1);
  storm.onProgress?.(countKilled(storm));
}

/** The points at which the fewest have died: every one has its turn. */
function leastKilled({ killed }: Storm, points: readonly StormPoint[]): StormPoint[] {
  const least = Math.min(...points.map((point) => killed.get(point) ?? 0));
  return points.filter((point) => (killed.get(point) ?? 0) === least);
}

function countKilled({ killed }: Storm): number {
  return [...killed.values()].reduce((sum, count) => sum + count, 0);
}

/** A calendar that is not full yet. */
async function tenantFor(storm: Storm, replaces: boolean): Promise<Tenant> {
  const known = storm.tenants.findLast((tenant) => tenant.replaces === replaces);
  if (known && known.uses < PROCESSES_A_CALENDAR) {
    known.uses += 1;
    return known;
  }
  storm.accounts += 1;
  const calendar = `storm-${storm.accounts}`;
  const { provider, settings, credential } = await storm.provider.makeCalendar(calendar);
  const inserted = await patiently(() =>
    insertStormTenant(storm.db, {
      calls: 12,
      provider,
      eventName: replaces ? REPLACED : 'Appointment',
      settings,
      credential: { plain: credential, masterKey: storm.masterKey },
    }),
  );
  const tenant = { ...inserted, calendar, replaces, uses: 1 };
  storm.tenants.push(tenant);
  return tenant;
}

async function auditAll(storm: Storm): Promise<CrashFigures['audit']> {
  const known = new Set<string>();
  const audits = await Promise.all(
    storm.tenants.map(async ({ calendar, organizationId }) => {
      const bookings = await storm.provider.listBookings(calendar);
      for (const { email } of bookings) known.add(email);
      const emails = new Set(bookings.map(({ email }) => email));
      const heard = [...storm.heard].filter(([email]) => emails.has(email));
      return {
        ...auditProvider(bookings, heard),
        ...(await patiently(() => auditLedger(storm.db, organizationId, bookings))),
      };
    }),
  );
  const invented = [...storm.heard].filter(
    ([email, heard]) => heard === 'booked' && !known.has(email),
  ).length;
  const sum = sumOf(audits);
  return { ...sum, invented: sum.invented + invented, heard: storm.heard.size };
}
