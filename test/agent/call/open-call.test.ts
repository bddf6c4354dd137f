import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
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
  await expect(open(tenant, caller).opened).rejects.toThrow('--calls-per-visitor-at-once');
  await call.record.finish({ outcome: 'no_booking', reason: 'over', by: 'caller' });
  const next = await open(tenant, caller).opened;
  await next.record.finish({ outcome: 'no_booking', reason: 'over', by: 'caller' });
});

describe('the calendar of the dispatch', () => {
  const NAMED = { provider: 'fake', eventType: 'consultation', timeZone: 'Europe/Paris' };

  /** An agent that books an appointment, and since then a consultation in Paris. */
  async function insertDoctor(): Promise<Tenant> {
    const tenant = await insertTenant(database.db);
    await insertBookingEvent(database.db, {
      ...pickOwn(tenant),
      name: 'Consultation',
      eventType: 'consultation',
      timeZone: 'Europe/Paris',
    });
    return tenant;
  }

  const pickOwn = ({ organizationId, agentId, calendarConnectionId }: Tenant) => ({
    organizationId,
    agentId,
    calendarConnectionId,
  });

  it('is the one that the call begins with', async () => {
    const { opened, log } = open(await insertDoctor(), {}, NAMED);
    const call = await opened;
    expect(call.desk?.eventNames).toEqual(['Consultation', 'Appointment']);
    expect(call.timeZone).toBe('Europe/Paris');
    expect(log()).toBe('');
    await call.desk?.release();
  });

  it('counts for nothing where it is none of the agent, which the log tells', async () => {
    // Somebody else's, whom the agent's rows do not name.
    await insertTenant(database.db, { event: { eventType: 'surgery' } });
    for (const other of [
      { provider: 'calcom' },
      { eventType: 'surgery' },
      { timeZone: 'America/New_York' },
    ]) {
      const { opened, log } = open(await insertDoctor(), {}, { ...NAMED, ...other });
      const call = await opened;
      expect(call.desk?.eventNames).toEqual(['Appointment', 'Consultation']);
      expect(call.timeZone).toBe('America/New_York');
      expect(log()).toContain(
        'the calendar of the dispatch is not, or no longer, one of the agent',
      );
      await call.desk?.release();
    }
  });

  it('is not missed where the agent had nothing to book when the token was signed', async () => {
    const { opened, log } = open(await insertDoctor(), {}, null);
    const call = await opened;
    expect(call.desk?.eventNames).toEqual(['Appointment', 'Consultation']);
    expect(log()).toBe('');
    await call.desk?.release();
  });
});

const disconnect = (id: string) =>
  database.db
    .updateTable('calendarConnections')
    .set({ disconnectedAt: new Date() })
    .where('id', '=', id)
    .execute();

function open(
  { agentId }: Tenant,
  caller: CallMetadata['caller'] = {},
  calendar?: CallMetadata['calendar'],
) {
  let text = '';
  const opened = openCall({
    db: database.db,
    masterKey: randomBytes(32),
    providers: readProviders({}),
    logger: createLogger('call', 'info', { write: (line) => void (text += line) }),
    metadata: { agentId, caller, ...(calendar === undefined ? {} : { calendar }) },
    line: 'web',
    roomName: 'room',
    rehearsal: false,
  });
  return { opened, log: () => text };
}
