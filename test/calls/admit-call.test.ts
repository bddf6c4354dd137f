import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { admitCall } from '../../calls/admit-call.ts';
import { blockCaller } from '../../db/phone/blocked-callers.ts';
import { noteSignOfLife } from '../../db/calls/call-lease.ts';
import { finishCall, insertCall } from '../../db/calls/calls.ts';
import { CallRefusedError } from '../../calls/call-refused-error.ts';
import { insertAdmittedCall } from '../../calls/insert-admitted-call.ts';
import {
  DEFAULT_CALL_LIMITS,
  readCallLimits,
  updateCallLimits,
} from '../../db/calls/call-limits.ts';
import type { CallLine } from '../../db/values.ts';
import { visitorDigest } from '../../token-server/visitor-digest.ts';
import { insertPhoneTenant } from '../support/phone-line.ts';
import { insertTenant } from '../support/tenants.ts';
import type { Tenant } from '../support/tenants.ts';
import { useTestDatabase } from '../support/test-database.ts';

const database = useTestDatabase({ maxConnections: 10 });
const CALLER = '+12025550141';
const VISITOR = 'digest-of-an-address';
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
          const call = { ...nobody(organizationId), limits };
          const admission = await admitCall(transaction, call);
          if (admission.admitted) await openCall(tenant, { db: transaction });
          return admission.admitted;
        }),
      ),
    );
    expect(admissions.filter(Boolean)).toHaveLength(3);
  });

  it('refuses a visitor who has as many calls open as one may have, and nobody else', async () => {
    const [tenant, other] = [await insertTenant(database.db), await insertTenant(database.db)];
    const { organizationId } = tenant;
    await updateCallLimits(database.db, organizationId, { callsPerVisitorAtOnce: 2 });
    await openCall(tenant, { line: 'web', visitor: VISITOR });
    expect(await admitVisitor(organizationId, VISITOR)).toEqual({ admitted: true });
    const callId = await openCall(tenant, { line: 'web', visitor: VISITOR });
    const refused = { admitted: false, reason: 'visitor-limit' };
    expect(await admitVisitor(organizationId, VISITOR)).toEqual(refused);
    expect(await admitVisitor(organizationId, 'digest-of-another')).toEqual({ admitted: true });
    expect(await admitVisitor(organizationId, null)).toEqual({ admitted: true });
    expect(await admit(organizationId, CALLER)).toEqual({ admitted: true });
    expect(await admitVisitor(other.organizationId, VISITOR)).toEqual({ admitted: true });
    await finish(organizationId, callId);
    expect(await admitVisitor(organizationId, VISITOR)).toEqual({ admitted: true });
  });

  it('refuses visitors of one network who have far more calls open than one may have', async () => {
    const tenant = await insertTenant(database.db);
    const { organizationId } = tenant;
    await updateCallLimits(database.db, organizationId, {
      callsPerVisitorAtOnce: 2,
      callsAtOnce: 50,
    });
    const secret = 'a secret';
    const admitFrom = async (address: string) => {
      const visitor = visitorDigest({ organizationId, address }, secret);
      const { admitted } = await admitVisitor(organizationId, visitor);
      if (admitted) await openCall(tenant, { line: 'web', visitor });
      return admitted;
    };
    const admittedFrom = async (addresses: string[]) => {
      let count = 0;
      for (const address of addresses) if (await admitFrom(address)) count += 1;
      return count;
    };
    const ten = Array.from({ length: 10 }, (_, index) => index);
    // One /56, then the others of its /48.
    expect(await admittedFrom(ten.map((line) => `2001:db8:1:${line}::1`))).toBe(4);
    expect(await admittedFrom(ten.map((line) => `2001:db8:1:${line + 1}00::1`))).toBe(2);
    expect(await admitFrom('2001:db8:2::1')).toBe(true);
    expect(await admittedFrom(ten.map((host) => `203.0.113.${host}`))).toBe(10);
  });

  it('counts no call of a visitor whose process is dead, and forgets at its end whose it was', async () => {
    const tenant = await insertTenant(database.db);
    const { organizationId } = tenant;
    await updateCallLimits(database.db, organizationId, { callsPerVisitorAtOnce: 1 });
    const callId = await openCall(tenant, { line: 'web', visitor: VISITOR });
    await database.db
      .updateTable('calls')
      .set({ lastSignAt: new Date(Date.now() - MINUTE) })
      .where('id', '=', callId)
      .execute();
    expect(await admitVisitor(organizationId, VISITOR)).toEqual({ admitted: true });
    await finish(organizationId, callId);
    const row = await database.db
      .selectFrom('calls')
      .select('visitor')
      .where('id', '=', callId)
      .executeTakeFirstOrThrow();
    expect(row).toEqual({ visitor: null });
  });

  it('keeps a share of the lines for the phone where there is a number to call', async () => {
    const tenant = await insertPhoneTenant(database.db, { number: '+12025550171' });
    const silent = await insertTenant(database.db);
    for (const { organizationId } of [tenant, silent]) {
      await updateCallLimits(database.db, organizationId, { callsAtOnce: 4 });
    }
    for (const line of ['web', 'web', 'web'] as const) {
      await openCall(tenant, { line });
      await openCall(silent, { line });
    }
    const refused = { admitted: false, reason: 'web-limit' };
    expect(await admitVisitor(tenant.organizationId, null)).toEqual(refused);
    expect(await admitVisitor(silent.organizationId, null)).toEqual({ admitted: true });
    expect(await admit(tenant.organizationId, CALLER)).toEqual({ admitted: true });
    await updateCallLimits(database.db, tenant.organizationId, { keptForPhone: 0 });
    expect(await admitVisitor(tenant.organizationId, null)).toEqual({ admitted: true });
    await updateCallLimits(database.db, tenant.organizationId, { keptForPhone: 25 });
    await openCall(tenant, { line: 'phone' });
    const busy = { admitted: false, reason: 'organization-limit' };
    expect(await admit(tenant.organizationId, CALLER)).toEqual(busy);
    expect(await admitVisitor(tenant.organizationId, null)).toEqual(busy);
  });

  it('lets phone calls use what is kept without taking a line from the web', async () => {
    const tenant = await insertPhoneTenant(database.db, { number: '+12025550172' });
    const { organizationId } = tenant;
    await updateCallLimits(database.db, organizationId, { callsAtOnce: 4, keptForPhone: 50 });
    await openCall(tenant, { line: 'phone' });
    await openCall(tenant, { line: 'phone' });
    await openCall(tenant, { line: 'web' });
    expect(await admitVisitor(organizationId, null)).toEqual({ admitted: true });
  });

  it('keeps the limit of a visitor who calls many times at the same instant', async () => {
    const tenant = await insertTenant(database.db);
    const { organizationId, agentId } = tenant;
    const limits = { ...DEFAULT_CALL_LIMITS, callsPerVisitorAtOnce: 3 };
    const row = {
      organizationId,
      agentId,
      roomName: 'room',
      line: 'web',
      visitor: VISITOR,
    } as const;
    const calls = await Promise.allSettled(
      Array.from({ length: 9 }, () =>
        insertAdmittedCall(database.db, row, { phone: undefined, limits }),
      ),
    );
    const refusals = calls.flatMap((call) => (call.status === 'rejected' ? [call.reason] : []));
    expect(calls.length - refusals.length).toBe(3);
    for (const refusal of refusals) {
      expect(refusal).toBeInstanceOf(CallRefusedError);
      expect(refusal).toMatchObject({ spoken: 'calls-open' });
    }
  });
});

function nobody(organizationId: string) {
  return { organizationId, line: 'phone', callerNumber: null, visitor: null } as const;
}

async function admit(organizationId: string, callerNumber: string | null) {
  return admitCaller({ ...nobody(organizationId), callerNumber });
}

/** A visitor of the page, of whose address this is the digest. */
async function admitVisitor(organizationId: string, visitor: string | null) {
  return admitCaller({ ...nobody(organizationId), line: 'web', visitor });
}

async function admitCaller(caller: Omit<Parameters<typeof admitCall>[1], 'limits'>) {
  const limits = await readCallLimits(database.db, caller.organizationId);
  return database.db
    .transaction()
    .execute((transaction) => admitCall(transaction, { ...caller, limits }));
}

async function openCall(
  { organizationId, agentId }: Tenant,
  {
    minutesAgo = 0,
    line = 'phone',
    visitor = null,
    db = database.db,
  }: {
    minutesAgo?: number;
    line?: CallLine;
    visitor?: string | null;
    db?: typeof database.db;
  } = {},
): Promise<string> {
  const startedAt = new Date(Date.now() - minutesAgo * MINUTE);
  return insertCall(db, { organizationId, agentId, roomName: 'room', line, visitor, startedAt });
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
  const end = {
    outcome: 'no_booking',
    reason: 'ended',
    by: 'caller',
    endedAt: new Date(),
  } as const;
  await finishCall(database.db, { organizationId, callId }, end);
}
