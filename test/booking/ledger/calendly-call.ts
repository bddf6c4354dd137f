import { randomBytes } from 'node:crypto';
import { openEventCalendar } from '../../../booking/calendars/open-event-calendar.ts';
import type { LedgerContext } from '../../../booking/ledger/ledger-context.ts';
import { USUAL_DEADLINES } from '../../../booking/ledger/ledger-context.ts';
import type { Calendar } from '../../../calendar/calendar.ts';
import { readProviders } from '../../../calendar/providers.ts';
import { listAgentEvents } from '../../../db/booking-events.ts';
import type { BookingEvent } from '../../../db/booking-events.ts';
import { replaceCredential } from '../../../db/calendars/calendar-connections.ts';
import { insertCall } from '../../../db/calls/calls.ts';
import type { Database } from '../../../db/database.ts';
import type { Fetch } from '../../../runtime/http-transport.ts';
import { TOKEN } from '../../rehearsal/simulators/calendly/start-calendly.ts';
import { insertTenant } from '../../support/tenants.ts';
import type { Tenant } from '../../support/tenants.ts';

export const MASTER_KEY = randomBytes(32);

/** How a process reaches a tenant's Calendly. */
export interface CalendlyReach {
  url: string;
  masterKey?: Buffer;
  now: () => Date;
  fetch?: Fetch;
}

/** A tenant whose calendar is Calendly's, its token sealed as an operator's would be. */
export async function insertCalendlyTenant(db: Database): Promise<Tenant> {
  const tenant = await insertTenant(db);
  const { organizationId, calendarConnectionId: id } = tenant;
  await db
    .updateTable('calendarConnections')
    .set({ provider: 'calendly', settings: JSON.stringify({ plan: 'enterprise' }) })
    .where('id', '=', id)
    .execute();
  const sealing = { plain: TOKEN, masterKey: MASTER_KEY };
  await replaceCredential(db, { organizationId, id }, sealing);
  return tenant;
}

export function openCalendlyOf(
  db: Database,
  event: BookingEvent,
  { url, masterKey = MASTER_KEY, now, fetch }: CalendlyReach,
): Promise<Calendar> {
  const providers = readProviders({ CALENDLY_BASE_URL: url });
  return openEventCalendar(db, event, { now, masterKey, providers, fetch });
}

/** A call at work on a tenant's Calendly. */
export async function openCalendlyCall(
  db: Database,
  tenant: Tenant,
  reach: CalendlyReach,
): Promise<{ event: BookingEvent; context: LedgerContext }> {
  const [event] = await listAgentEvents(db, tenant);
  if (!event) throw new Error('The tenant has nothing to book.');
  const { organizationId, agentId, calendarConnectionId } = tenant;
  const callId = await insertCall(db, {
    organizationId,
    agentId,
    roomName: 'test',
    line: 'web',
  });
  return {
    event,
    context: {
      db,
      calendar: await openCalendlyOf(db, event, reach),
      organizationId,
      agentId,
      callId,
      calendarConnectionId,
      bookingEventId: event.id,
      organizerEmail: null,
      eventType: event.eventType,
      deadlines: { ...USUAL_DEADLINES, believeRival: 0 },
    },
  };
}
