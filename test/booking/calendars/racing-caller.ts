import { writeSync } from 'node:fs';
import { bookThroughLedger } from '../../../booking/ledger/book-intent.ts';
import { bookedIn } from '../../../booking/hosted-events.ts';
import { openEventCalendar } from '../../../booking/calendars/open-event-calendar.ts';
import { readProviders } from '../../../calendar/providers.ts';
import { findBookingEvent } from '../../../db/booking-events.ts';
import { openDatabase } from '../../../db/database.ts';
import { parseMasterKey } from '../../../runtime/master-key.ts';
import { MASTER_KEY } from '../../cli/slotline.ts';
import type { Tenant } from '../../support/tenants.ts';
import { entry } from '../ledger/ledger-call.ts';

/** What the process is told; JSON. */
export interface RacingCallerOrders {
  databaseUrl: string;
  tenant: Tenant;
  eventId: string;
  /** Of the host whom it wants. */
  calendarConnectionId: string;
  /** Their beginnings and ends, in milliseconds. */
  slots: [number, number][];
}

// Run as a program: wants every slot at once, after its first line of input, and tells what it heard.
const orders = JSON.parse(process.argv[2] ?? '') as RacingCallerOrders;
const { databaseUrl, tenant, eventId, calendarConnectionId, slots } = orders;
const db = openDatabase({ connectionString: databaseUrl, maxConnections: 6 });
const found = await findBookingEvent(db, { ...tenant, id: eventId });
if (!found) throw new Error('There is no event.');
const event = bookedIn(found, { ...found, calendarConnectionId });
const calendar = await openEventCalendar(db, event, {
  masterKey: parseMasterKey(MASTER_KEY),
  now: () => new Date(),
  providers: readProviders({}),
});
writeSync(1, 'ready\n');
await new Promise((resolve) => process.stdin.once('data', resolve));
const outcomes = await Promise.all(
  slots.map(([start, end]) =>
    bookThroughLedger(
      {
        db,
        calendar,
        organizationId: tenant.organizationId,
        agentId: tenant.agentId,
        callId: null,
        calendarConnectionId: event.calendarConnectionId,
        bookingEventId: event.id,
        organizerEmail: null,
        eventType: event.eventType,
      },
      entry({ start: new Date(start), end: new Date(end) }, { email: `${eventId}@example.com` }),
    ),
  ),
);
writeSync(1, `${JSON.stringify(outcomes.map(({ state }) => state))}\n`);
await db.destroy();
process.exit();
