import { randomBytes, randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { findCalledAgent } from '../../../agent/call/called-agent.ts';
import { openCall } from '../../../agent/call/open-call.ts';
import { readProviders } from '../../../calendar/providers.ts';
import { saveBusinessFact } from '../../../db/business-facts.ts';
import { updateCallLimits } from '../../../db/calls/call-limits.ts';
import { listCalls } from '../../../db/calls/list-calls.ts';
import { updateAgent } from '../../../db/agents.ts';
import { editDraft } from '../../../manage/agent-drafts.ts';
import { prepareTestCall } from '../../../manage/test-calls.ts';
import { parseCallMetadata } from '../../../calls/call-metadata.ts';
import { NO_LINE } from '../../../calls/line-numbers.ts';
import { createLogger } from '../../../runtime/logger.ts';
import { insertTenant } from '../../support/tenants.ts';
import type { Tenant } from '../../support/tenants.ts';
import { useTestDatabase } from '../../support/test-database.ts';

const database = useTestDatabase();
const PARKING = { topic: 'Parking', text: 'Behind the house.' };

/** A draft of the agent, and the metadata of a test call of it. */
async function prepare({ organizationId, slug }: Tenant) {
  const work = { organizationId, slug, by: 'Mary Smith' };
  const roomName = `call-${randomUUID()}`;
  let metadata = '';
  await database.db.transaction().execute(async (transaction) => {
    await editDraft(transaction, work, {
      greeting: 'A greeting to try.',
      longestCallMinutes: 5,
      facts: [PARKING],
    });
    await prepareTestCall(transaction, { ...work, timeZone: undefined }, (callMetadata) => {
      metadata = callMetadata;
      return { token: 'unused', roomName };
    });
  });
  return { roomName, metadata: parseCallMetadata(metadata) };
}

const open = (call: Awaited<ReturnType<typeof prepare>>) =>
  openCall({
    db: database.db,
    masterKey: randomBytes(32),
    providers: readProviders({}),
    logger: createLogger('call', 'info', { write: () => undefined }),
    line: 'web',
    rehearsal: false,
    ...call,
  });

it('speaks as it is drafted, also where it takes no calls yet, and is in no figure', async () => {
  const tenant = await insertTenant(database.db, { agent: { enabled: false } });
  const { organizationId, agentId } = tenant;
  await saveBusinessFact(database.db, tenant, {
    topic: 'Published',
    text: 'Behind the house.',
    language: 'en',
  });
  const call = await open(await prepare(tenant));
  expect(call.agent).toMatchObject({ greeting: 'A greeting to try.', name: 'Front desk' });
  expect(call.longestCall).toBe(300_000);
  expect(call.business?.topics).toEqual(['Parking']);
  expect(await call.business?.find({ topic: null, question: 'where do I park' })).toMatchObject({
    facts: [PARKING],
  });
  const of = { organizationId, agentId, limit: 10 };
  expect(await listCalls(database.db, { ...of, rehearsals: false })).toEqual([]);
  expect(await listCalls(database.db, { ...of, rehearsals: true })).toMatchObject([
    { id: call.id, isRehearsal: true },
  ]);
  await call.desk?.release();
});

it('is a call of its one room and of its one agent', async () => {
  const tenant = await insertTenant(database.db);
  const prepared = await prepare(tenant);
  await expect(open({ ...prepared, roomName: 'another' })).rejects.toThrow('no draft');
  const other = await insertTenant(database.db);
  const metadata = { ...prepared.metadata, agentId: other.agentId };
  await expect(open({ ...prepared, metadata })).rejects.toThrow('no draft');
});

it('lets no call be longer than the organization allows, whatever the agent says', async () => {
  const tenant = await insertTenant(database.db);
  const { organizationId, agentId: id } = tenant;
  await updateCallLimits(database.db, organizationId, { longestCallMinutes: 10 });
  await updateAgent(database.db, { organizationId, id }, { longestCallMinutes: 60 });
  const metadata = { agentId: id, caller: {}, v: 1 as const, calendar: null };
  const call = await open({ roomName: 'room', metadata });
  expect(call.agent.greeting).toBe(null);
  expect(call.longestCall).toBe(600_000);
  await call.desk?.release();
});

it.each([
  // Noon of a Friday and of a Saturday.
  ['2026-07-24T16:00:00Z', '+12025550123'],
  ['2026-07-25T16:00:00Z', null],
])('hands a phone call over while somebody is there (%s)', async (clock, transferTo) => {
  const tenant = await insertTenant(database.db, {
    agent: { transferTo: '+12025550123', transferHours: 'Mon-Fri 09:00-18:00' },
  });
  const { agent } = await findCalledAgent({
    db: database.db,
    metadata: { agentId: tenant.agentId, caller: {} },
    roomName: 'room',
    phone: { phoneNumberId: 'unused', numbers: NO_LINE, sipCallId: null },
    now: () => new Date(clock),
  });
  expect(agent.transferTo).toBe(transferTo);
});
