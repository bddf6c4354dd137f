import { randomUUID } from 'node:crypto';
import { insertBookingEvent } from '../../../db/booking-events.ts';
import { insertCalendarConnection } from '../../../db/calendars/calendar-connections.ts';
import type { Database } from '../../../db/database.ts';
import { insertPhoneNumber } from '../../../db/phone/phone-numbers.ts';
import { insertSipTrunk } from '../../../db/phone/sip-trunks.ts';
import { newNotebook } from '../../support/notebook-provider.ts';
import type { Tenant } from '../../support/tenants.ts';
import { MASTER_KEY, NOTEBOOKS } from './start-office.ts';

let numbers = 0;

/** One that nobody has yet, and that is in use. */
export function freshNumber(): string {
  numbers += 1;
  return `+1202456${String(numbers).padStart(4, '0')}`;
}

/** A trunk called Carrier, and what a request can name of calendars, events, trunks and numbers. */
export async function makeBookables(
  db: Database,
  { organizationId, agentId }: Tenant,
): Promise<{ freshParams: () => Promise<Record<string, string>> }> {
  const trunk = { organizationId, allowedAddresses: ['203.0.113.7'], digest: null };
  const sipTrunkId = await insertSipTrunk(db, { ...trunk, name: 'Carrier' });
  return {
    async freshParams() {
      await forgetBookables(db, organizationId);
      const mark = randomUUID();
      const key = `nb_${mark}`;
      NOTEBOOKS.set(key, newNotebook(`keeper of ${mark}`));
      const calendarId = await insertCalendarConnection(db, {
        organizationId,
        provider: 'notebook',
        name: `Notebook ${mark}`,
        timeZone: 'Europe/Zurich',
        credential: { plain: key, masterKey: MASTER_KEY },
      });
      return {
        calendarId,
        eventId: await insertBookingEvent(db, {
          organizationId,
          agentId: null,
          calendarConnectionId: calendarId,
          name: `Event ${mark}`,
          eventType: 'visit',
          durationMinutes: 60,
        }),
        trunkId: await insertSipTrunk(db, { ...trunk, name: `Trunk ${mark}` }),
        numberId: await insertPhoneNumber(db, {
          organizationId,
          agentId,
          sipTrunkId,
          number: freshNumber(),
        }),
      };
    },
  };
}

/** Those of requests before: with hundreds of events and agents every list takes a while. */
async function forgetBookables(db: Database, organizationId: string): Promise<void> {
  await db
    .deleteFrom('bookingEvents')
    .where('organizationId', '=', organizationId)
    .where((where) => where.or([where('name', 'like', 'Event %'), where('name', 'like', 'Name %')]))
    .execute();
  await db
    .deleteFrom('calendarConnections')
    .where('organizationId', '=', organizationId)
    .where('provider', '=', 'notebook')
    .execute();
  await db
    .deleteFrom('phoneNumbers')
    .where('organizationId', '=', organizationId)
    .where('number', 'like', '+1202456%')
    .execute();
  await db
    .deleteFrom('sipTrunks')
    .where('organizationId', '=', organizationId)
    .where('name', 'like', 'Trunk %')
    .execute();
}
