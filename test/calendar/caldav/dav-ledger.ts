import { openEventCalendar } from '../../../booking/calendars/open-event-calendar.ts';
import type { LedgerContext, LedgerEntry } from '../../../booking/ledger/ledger-context.ts';
import { USUAL_DEADLINES } from '../../../booking/ledger/ledger-context.ts';
import { reconcileIntent, USUAL_TIMES } from '../../../booking/ledger/reconcile.ts';
import { insertStormTenant } from '../../../bench/storm/storm-tenant.ts';
import type { StormTenant } from '../../../bench/storm/storm-tenant.ts';
import { readProviders } from '../../../calendar/providers.ts';
import type { Calendar, Slot } from '../../../calendar/calendar.ts';
import type { BookingEvent } from '../../../db/booking-events.ts';
import type { Database } from '../../../db/database.ts';
import { parseMasterKey } from '../../../runtime/master-key.ts';
import { transport } from '../../../runtime/http-transport.ts';
import { MASTER_KEY } from '../../cli/slotline.ts';
import { DAV_PASSWORD, DAV_USER } from '../../support/dav-server.ts';
import { brokenConnection } from '../unreliable-fetch.ts';
import { attendee } from '../contract/contract-world.ts';
import { connectDav } from './open-dav.ts';

const masterKey = parseMasterKey(MASTER_KEY);
/** Every look of the reconciler's may be the last. */
const AT_ONCE = {
  ...USUAL_TIMES,
  grace: 0,
  firstLook: 0,
  firstPause: 0,
  longestPause: 0,
  absenceProves: 0,
};

/** An organization whose calendar lies on a CalDAV server, and calls that book into it. */
export async function connectTenant(
  db: Database,
  server: string,
  options: { calls?: number; settings?: Record<string, unknown> } = {},
): Promise<StormTenant> {
  const settings = await connectDav({ server, ...options });
  return insertStormTenant(db, {
    calls: options.calls ?? 1,
    provider: 'caldav',
    settings: { server, username: DAV_USER, ...settings },
    credential: { plain: DAV_PASSWORD, masterKey },
  });
}

export const tenantOptions = { masterKey, providers: readProviders({}) };

export function openTenantCalendar(
  db: Database,
  event: BookingEvent,
  fetch: typeof globalThis.fetch = transport,
): Promise<Calendar> {
  return openEventCalendar(db, event, {
    ...tenantOptions,
    now: () => new Date(),
    fetch,
  });
}

/** What a call of the tenant books with. */
export function ledgerContext(
  db: Database,
  { organizationId, agentId, event, callIds }: StormTenant,
  calendar: Calendar,
  call = 0,
): LedgerContext {
  return {
    db,
    calendar,
    organizationId,
    agentId,
    callId: callIds[call] ?? '',
    calendarConnectionId: event.calendarConnectionId,
    bookingEventId: event.id,
    organizerEmail: null,
    eventType: event.eventType,
    deadlines: { ...USUAL_DEADLINES, believeRival: 500 },
  };
}

export function entryAt(slot: Slot): LedgerEntry {
  return { slot, attendee: attendee(), notes: null, answers: {} };
}

/** Settles every intent of the tenant that is open, as the jobs do. */
export async function reconcileAll(db: Database, { organizationId }: StormTenant): Promise<void> {
  const open = await db
    .selectFrom('bookingIntents')
    .select(['id', 'organizationId'])
    .where('organizationId', '=', organizationId)
    .where('state', 'in', ['requested', 'claimed', 'unknown'])
    .execute();
  const openCalendar = (event: BookingEvent) => openTenantCalendar(db, event);
  for (const key of open) await reconcileIntent({ db, openCalendar, times: AT_ONCE }, key);
}

interface Breakdown {
  /** Happens just before the write arrives. */
  before?: () => Promise<void>;
  /** Happens just after it. */
  after?: () => Promise<void>;
  /** What is lost: the answer alone, or everything from then on. */
  loses?: 'answer' | 'all';
}

/** A line to a server that breaks down as a write is made, which arrives. */
export class BreakingLine {
  #next: Breakdown | null = null;
  #isDown = false;

  breakAtWrite(breakdown: Breakdown = {}): void {
    this.#next = breakdown;
  }

  repair(): void {
    this.#isDown = false;
  }

  readonly fetch: typeof fetch = async (input, init) => {
    if (this.#isDown) throw brokenConnection();
    const next = this.#next;
    if (init?.method !== 'PUT' || !next) return transport(input, init);
    this.#next = null;
    await next.before?.();
    await (await transport(input, init)).arrayBuffer();
    await next.after?.();
    this.#isDown = next.loses !== 'answer';
    throw brokenConnection();
  };
}
