import { randomBytes } from 'node:crypto';
import { expect, it } from 'vitest';
import { createLogger } from '../../../runtime/logger.ts';
import { openCall } from '../../../agent/call/open-call.ts';
import { readProviders } from '../../../calendar/providers.ts';
import type { CallMetadata } from '../../../calls/call-metadata.ts';
import { insertBookingEvent } from '../../../db/booking-events.ts';
import { updateCallLimits } from '../../../db/calls/call-limits.ts';
import { insertCalendarConnection } from '../../../db/calendars/calendar-connections.ts';
import { insertTenant } from '../../support/tenants.ts';
import type { Tenant } from '../../support/tenants.ts';
import { useTestDatabase } from '../../support/test-database.ts';

const database = useTestDatabase();
const TITLE = 'Calendar integration is not available';

it('books what can be booked when another calendar is disconnected, and logs that one', async () => {
  const tenant = await insertTenant(database.db);
  const { organizationId, agentId } = tenant;
  const calendarConnectionId = await insertCalendarConnection(database.db, {
    organizationId,
    provider: 'fake',
    name: 'Gone',
    timeZone: 'UTC',
    settings: { seed: 7 },
  });
  await insertBookingEvent(database.db, {
    organizationId,
    agentId,
    calendarConnectionId,
    name: 'Consultation',
    eventType: 'consultation',
  });
  await disconnect(calendarConnectionId);
  const { opened, log } = open(tenant);
  const call = await opened;
  expect(call.desk?.eventNames).toEqual(['Appointment']);
  expect(log()).toContain(TITLE);
  await call.desk?.release();
});

it('refuses a call none of whose calendars can be opened, and says which trouble it is', async () => {
  const tenant = await insertTenant(database.db);
  await disconnect(tenant.calendarConnectionId);
  await expect(open(tenant).opened).rejects.toThrow(TITLE);
});

it('counts the calls of a visitor by what the dispatch tells of them', async () => {
  const tenant = await insertTenant(database.db);
  const caller = { visitor: 'digest-of-an-address' };
  await updateCallLimits(database.db, tenant.organizationId, { callsPerVisitorAtOnce: 1 });
  const call = await open(tenant, caller).opened;
  await expect(open(tenant, caller).opened).rejects.toThrow('calls_per_visitor_at_once');
  await call.record.finish({ outcome: 'no_booking', reason: 'over', usage: {} });
  const next = await open(tenant, caller).opened;
  await next.record.finish({ outcome: 'no_booking', reason: 'over', usage: {} });
});

const disconnect = (id: string) =>
  database.db
    .updateTable('calendarConnections')
    .set({ disconnectedAt: new Date() })
    .where('id', '=', id)
    .execute();

function open({ agentId }: Tenant, caller: CallMetadata['caller'] = {}) {
  let text = '';
  const opened = openCall({
    db: database.db,
    masterKey: randomBytes(32),
    providers: readProviders({}),
    logger: createLogger('call', 'info', { write: (line) => void (text += line) }),
    metadata: { agentId, caller },
    line: 'web',
    roomName: 'room',
    rehearsal: false,
  });
  return { opened, log: () => text };
}
