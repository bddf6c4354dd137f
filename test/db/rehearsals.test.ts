import { pino } from 'pino';
import { expect, it } from 'vitest';
import { insertCall } from '../../db/calls/calls.ts';
import { insertPhoneNumber, listPhoneNumbers } from '../../db/phone/phone-numbers.ts';
import { insertSipTrunk, listSipTrunks } from '../../db/phone/sip-trunks.ts';
import { insertOrganization, listOrganizations, removeRehearsal } from '../../db/organizations.ts';
import { purgeRecords } from '../../jobs/tasks/purge-records.ts';
import { chooseOrganization } from '../../manage/organizations.ts';
import { parseScenario } from '../../rehearsal/scenario/scenario.ts';
import { findOrMakeAgent } from '../../rehearsal/served-agent.ts';
import { clockFrom } from '../support/test-clock.ts';
import { useTestDatabase } from '../support/test-database.ts';
import { MARY, openTestDesk, SOON } from '../support/test-desk.ts';

const CLOCK = clockFrom('2026-11-23T14:00:00Z');
const database = useTestDatabase({ clock: CLOCK });
const logger = pino({ level: 'silent' });
const SCENARIO = parseScenario(
  `name: Night call
agent: {name: Ada, business: Night Clinic}
calendar: {seed: 9, bookings: [{start: 2026-11-24T10:00:00-05:00, name: John Miller, email: john@example.com}]}
turns: [{hangUp: true}]
expect: {outcome: no_booking}`,
  'night.yaml',
);

it('is in no list, and nobody is asked which organization is meant', async () => {
  const { db } = database;
  const id = await insertOrganization(db, 'Harbor Street Clinic');
  const { organizationId } = await findOrMakeAgent(db, SCENARIO);
  expect(await listOrganizations(db)).toEqual([{ id, name: 'Harbor Street Clinic' }]);
  expect((await chooseOrganization(db, undefined)).id).toBe(id);
  await expect(chooseOrganization(db, organizationId)).rejects.toThrow('organization');
});

it('is removed with all that was made in it, and an operator’s organization never', async () => {
  const { db } = database;
  const made = await findOrMakeAgent(db, SCENARIO);
  const event = await db
    .selectFrom('bookingEvents')
    .selectAll()
    .where('organizationId', '=', made.organizationId)
    .executeTakeFirstOrThrow();
  const tenant = {
    organizationId: made.organizationId,
    agentId: made.agentId,
    calendarConnectionId: made.ownConnectionId ?? '',
    bookingEventId: event.id,
    slug: '',
  };
  const { desk } = await openTestDesk(db, { tenant, clock: CLOCK });
  const offer = await desk.findTimes(SOON);
  if (offer.status === 'question') throw new Error('Nothing was offered.');
  const [slot] = offer.slots;
  await desk.changes.schedule({ ...MARY, slotId: slot?.slot_id ?? '' });
  await removeRehearsal(db, tenant.calendarConnectionId);
  expect(await countRows('bookingIntents', made.organizationId)).toBe(0);
  expect(await countRows('calls', made.organizationId)).toBe(0);

  const other = await openTestDesk(db, { clock: CLOCK });
  await removeRehearsal(db, other.tenant.calendarConnectionId);
  expect(await countRows('calls', other.tenant.organizationId)).toBe(1);
});

it('that was killed leaves nothing after a day', async () => {
  const { db } = database;
  const made = await findOrMakeAgent(db, SCENARIO);
  const { tenant } = await openTestDesk(db, { clock: CLOCK });
  const { organizationId, agentId } = tenant;
  const sipTrunkId = await insertSipTrunk(db, {
    organizationId,
    name: 'Rehearsal',
    allowedAddresses: ['127.0.0.1'],
    digest: null,
    isRehearsal: true,
  });
  const own = { name: 'Rehearsal 0123456789ab', allowedAddresses: ['127.0.0.2'], digest: null };
  await insertSipTrunk(db, { organizationId, ...own });
  const number = '+12025550111';
  const phoneNumberId = await insertPhoneNumber(db, {
    organizationId,
    agentId,
    sipTrunkId,
    number,
  });
  await insertCall(db, {
    organizationId,
    agentId,
    phoneNumberId,
    roomName: 'phone',
    line: 'phone',
    startedAt: CLOCK.now(),
  });
  const purge = () => purgeRecords({ db, logger })({}, undefined as never);
  await purge();
  expect(await countRows('agents', made.organizationId)).toBe(1);
  expect(await listSipTrunks(db, organizationId)).toHaveLength(2);

  for (const table of ['organizations', 'sipTrunks'] as const) {
    await db
      .updateTable(table)
      .set({ createdAt: CLOCK.ago(25 * 3_600_000) })
      .execute();
  }
  await purge();
  expect(await countRows('agents', made.organizationId)).toBe(0);
  expect(await listSipTrunks(db, organizationId)).toMatchObject([{ name: own.name }]);
  expect(await listPhoneNumbers(db, organizationId)).toEqual([]);
  expect(await countRows('calls', organizationId)).toBe(2);
});

async function countRows(
  table: 'agents' | 'bookingIntents' | 'calls',
  organizationId: string,
): Promise<number> {
  const rows = await database.db
    .selectFrom(table)
    .select('id')
    .where('organizationId', '=', organizationId)
    .execute();
  return rows.length;
}
