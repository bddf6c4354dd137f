import { pino } from 'pino';
import { expect, it } from 'vitest';
import { purgeRecords } from '../../jobs/tasks/purge-records.ts';
import { parseScenario } from '../../rehearsal/scenario/scenario.ts';
import { findOrMakeAgent } from '../../rehearsal/served-agent.ts';
import { clockFrom } from '../support/test-clock.ts';
import { useTestDatabase } from '../support/test-database.ts';

const database = useTestDatabase({ clock: clockFrom('2028-02-29T15:00:00Z') });

it('a rehearsal keeps what it plays, however long ago the day is that it plays', async () => {
  const { db } = database;
  const scenario = parseScenario(
    `name: Long ago
agent: {name: Ada, business: Night Clinic}
clock: 2026-11-23T09:00:00-05:00
calendar: {bookings: [{start: 2026-11-24T10:00:00-05:00, name: John Miller, email: john@example.com}]}
turns: [{hangUp: true}]
expect: {outcome: no_booking}`,
    'long-ago.yaml',
  );
  const { organizationId } = await findOrMakeAgent(db, scenario);
  await purgeRecords({ db, logger: pino({ level: 'silent' }) })({}, undefined as never);
  const appointments = await db
    .selectFrom('appointments')
    .select('attendeeName')
    .where('organizationId', '=', organizationId)
    .execute();
  const bookings = await db
    .selectFrom('fakeCalendarBookings')
    .select('attendee')
    .where('organizationId', '=', organizationId)
    .execute();
  expect(appointments).toEqual([{ attendeeName: 'John Miller' }]);
  expect(bookings).toMatchObject([{ attendee: { name: 'John Miller' } }]);
});
