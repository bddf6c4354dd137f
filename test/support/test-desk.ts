import { randomBytes } from 'node:crypto';
import { BookingDesk } from '../../booking/desk/booking-desk.ts';
import type { BookingDeskOptions } from '../../booking/desk/booking-desk.ts';
import { openEventCalendar } from '../../booking/calendars/open-event-calendar.ts';
import { hostedEvents } from '../../booking/hosted-events.ts';
import { personalizeEvent } from '../../booking/calendars/personalize-event.ts';
import type { Calendar } from '../../calendar/calendar.ts';
import type { CalendarFault } from '../../calendar/faulty-calendar.ts';
import { readProviders } from '../../calendar/providers.ts';
import { listAgentEvents } from '../../db/booking-events.ts';
import { insertCall } from '../../db/calls/calls.ts';
import type { Database } from '../../db/database.ts';
import { speaking } from './speaking.ts';
import { insertTenant } from './tenants.ts';
import { mustTell } from './test-clock.ts';
import type { TestClock } from './test-clock.ts';
import type { Tenant } from './tenants.ts';

/** A wish for any time soon. */
export const SOON = { when: null, rangeDays: null, event: null, durationMinutes: null };

/** Who books unless a test says otherwise. */
export const MARY = {
  name: 'Mary Smith',
  email: 'mary.smith@example.com',
  phone: null,
  notes: null,
  answers: [],
};

export interface TestDeskOptions {
  /** The database's too. */
  clock: TestClock;
  tenant?: Tenant;
  /** A call that is taken over; default: one of its own. */
  callId?: string;
  /** The process that has the call; default: nobody asks. */
  holder?: string;
  /** The caller's; default: the calendar's. */
  timeZone?: string;
  callerNumber?: string;
  visitor?: string;
  faults?: CalendarFault[];
  /** Of an outbound call. */
  variables?: Record<string, string>;
  change?: (calendar: Calendar) => Calendar;
  /** Of credentials; default: one that opens none. */
  masterKey?: Buffer;
  onWish?: BookingDeskOptions['onWish'];
  /** What is spoken, BCP 47; English unless given. */
  language?: string;
}

/** A call of its own to a tenant's agent, and the desk that serves it. */
export async function openTestDesk(
  db: Database,
  options: TestDeskOptions,
): Promise<{ tenant: Tenant; callId: string; desk: BookingDesk }> {
  await mustTell(db, options.clock);
  const tenant = options.tenant ?? (await insertTenant(db));
  const { now } = options.clock;
  const callId =
    options.callId ??
    (await insertCall(db, {
      organizationId: tenant.organizationId,
      agentId: tenant.agentId,
      roomName: 'test',
      line: options.callerNumber === undefined ? 'web' : 'phone',
      callerNumber: options.callerNumber ?? null,
    }));
  const masterKey = options.masterKey ?? randomBytes(32);
  const stored = await listAgentEvents(db, tenant);
  const events = await Promise.all(
    stored
      .flatMap(hostedEvents)
      .map((event) => personalizeEvent(event, options.variables ?? {}))
      .map(async (event) => {
        const calendar = await openEventCalendar(db, event, {
          now,
          masterKey,
          providers: readProviders({}),
          faults: options.faults ?? [],
        });
        return { event, calendar: options.change?.(calendar) ?? calendar };
      }),
  );
  const desk = new BookingDesk({
    db,
    organizationId: tenant.organizationId,
    agentId: tenant.agentId,
    callId,
    holder: options.holder,
    events,
    timeZone: options.timeZone ?? events[0]?.event.timeZone ?? 'UTC',
    callerNumber: options.callerNumber ?? null,
    visitor: options.visitor ?? null,
    onWish: options.onWish,
    language: speaking(options.language ?? 'en'),
    now,
  });
  return { tenant, callId, desk };
}
