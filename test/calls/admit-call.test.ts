import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { admitCall } from '../../calls/admit-call.ts';
import { blockCaller } from '../../db/phone/blocked-callers.ts';
import { finishCall, insertCall, noteSignOfLife } from '../../db/calls/calls.ts';
import { readCallLimits, updateCallLimits } from '../../db/calls/call-limits.ts';
import type { CallLine } from '../../db/schema.ts';
import { insertTenant } from '../support/tenants.ts';
import type { Tenant } from '../support/tenants.ts';
import { useTestDatabase } from '../support/test-database.ts';

const database = useTestDatabase({ maxConnections: 10 });
const CALLER = '+12025550141';
const MINUTE = 60_000;

describe('admitCall', () => {
  it('admits callers who withhold their number, and refuses those who are blocked', async () => {
    const { organizationId } = await insertTenant(database.db);
    await blockCaller(database.db, organizationId, { number: CALLER, reason: '' });
    expect(await admit(organizationId, null)).toEqual({ admitted: true });
    expect(await admit(organizationId, '+12025550142')).toEqual({ admitted: true });
    expect(await admit(organizationId, CALLER)).toEqual({ admitted: false, reason: 'blocked' });
  });

  it('refuses a caller who called too often within the hour, and nobody else', async () => {
    const tenant = await insertTenant(database.db);
    const { organizationId } = tenant;
    await updateCallLimits(database.db, organizationId, { callsPerCallerAnHour: 2 });
    await endedCall(tenant, { minutesAgo: 61 });
    await endedCall(tenant, { minutesAgo: 59 });
    expect(await admit(organizationId, CALLER)).toEqual({ admitted: true });
    await endedCall(tenant, { minutesAgo: 1 });
    const refused = { admitted: false, reason: 'caller-limit' };
    expect(await admit(organizationId, CALLER)).toEqual(refused);
    expect(await admit(organizationId, '+12025550142')).toEqual({ admitted: true });
    expect(await admit(organizationId, null)).toEqual({ admitted: true });
    const other = await insertTenant(database.db);
    expect(await admit(other.organizationId, CALLER)).toEqual({ admitted: true });
  });

  it('counts open calls of both lines, not what a killed process left open nor the console', async () => {
    const tenant = await insertTenant(database.db);
    const { organizationId } = tenant;
    const limits = { callsAtOnce: 1, longestCallMinutes: 30 };
    await updateCallLimits(database.db, organizationId, limits);
    await openCall(tenant, { minutesAgo: 31 });
    await openCall(tenant, { line: 'console' });
    expect(await admit(organizationId, null)).toEqual({ admitted: true });
    const callId = await openCall(tenant, { minutesAgo: 29 });
    const refused = { admitted: false, reason: 'organization-limit' };
    expect(await admit(organizationId, null)).toEqual(refused);
    await finish(organizationId, callId);
    expect(await admit(organizationId, null)).toEqual({ admitted: true });
    await openCall(tenant, { line: 'web' });
    expect(await admit(organizationId, null)).toEqual(refused);
  });

  it('counts no call whose process has given no sign of life for half a minute', async () => {
    const tenant = await insertTenant(database.db);
    const { organizationId } = tenant;
    await updateCallLimits(database.db, organizationId, { callsAtOnce: 1 });
    const callId = await openCall(tenant, { minutesAgo: 5 });
    const lastSignAt = sql<Date>`now() - interval '31 seconds'`;
    await database.db.updateTable('calls').set({ lastSignAt }).where('id', '=', callId).execute();
    expect(await admit(organizationId, null)).toEqual({ admitted: true });
    await noteSignOfLife(database.db, { organizationId, callId });
    const refused = { admitted: false, reason: 'organization-limit' };
    expect(await admit(organizationId, null)).toEqual(refused);
  });

  it('keeps the limit when many call at the same instant', async () => {
    const tenant = await insertTenant(database.db);
    const { organizationId } = tenant;
    await updateCallLimits(database.db, organizationId, { callsAtOnce: 3 });
    const admissions = await Promise.all(
      Array.from({ length: 9 }, () =>
        database.db.transaction().execute(async (transaction) => {
          const limits = await readCallLimits(transaction, organizationId);
          const call = { organizationId, callerNumber: null, limits };
          const admission = await admitCall(transaction, call);
          if (admission.admitted) await openCall(tenant, { db: transaction });
          return admission.admitted;
        }),
      ),
    );
    expect(admissions.filter(Boolean)).toHaveLength(3);
  });
});

async function admit(organizationId: string, callerNumber: string | null) {
  const limits = await readCallLimits(database.db, organizationId);
  return database.db
    .transaction()
    .execute((transaction) => admitCall(transaction, { organizationId, callerNumber, limits }));
}

async function openCall(
  { organizationId, agentId }: Tenant,
  {
    minutesAgo = 0,
    line = 'phone',
    db = database.db,
  }: { minutesAgo?: number; line?: CallLine; db?: typeof database.db } = {},
): Promise<string> {
  const startedAt = new Date(Date.now() - minutesAgo * MINUTE);
  return insertCall(db, { organizationId, agentId, roomName: 'room', line, startedAt });
}

async function endedCall(tenant: Tenant, options: { minutesAgo: number }): Promise<void> {
  const callId = await openCall(tenant, options);
  await database.db
    .updateTable('calls')
    .set({ callerNumber: CALLER })
    .where('id', '=', callId)
    .execute();
  await finish(tenant.organizationId, callId);
}

async function finish(organizationId: string, callId: string): Promise<void> {
  const end = { outcome: 'no_booking', reason: 'ended', usage: {}, endedAt: new Date() } as const;
  await finishCall(database.db, { organizationId, callId }, end);
}
