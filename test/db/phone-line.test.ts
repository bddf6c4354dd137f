import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import {
  blockCaller,
  isBlocked,
  listBlockedCallers,
  unblockCaller,
} from '../../db/phone/blocked-callers.ts';
import { insertCall } from '../../db/calls/calls.ts';
import {
  insertMessageTaken,
  listMessagesTaken,
  markHandled,
} from '../../db/messages/messages-taken.ts';
import {
  deletePhoneNumber,
  findDialledNumber,
  insertPhoneNumber,
  listAnsweredNumbers,
  listPhoneNumbers,
  updatePhoneNumber,
} from '../../db/phone/phone-numbers.ts';
import {
  DEFAULT_CALL_LIMITS,
  readCallLimits,
  updateCallLimits,
} from '../../db/calls/call-limits.ts';
import {
  deleteSipTrunk,
  insertSipTrunk,
  listSipTrunks,
  readTrunkPassword,
  updateSipTrunk,
} from '../../db/phone/sip-trunks.ts';
import { insertPhoneTenant } from '../support/phone-line.ts';
import { insertTenant } from '../support/tenants.ts';
import { useTestDatabase } from '../support/test-database.ts';

const database = useTestDatabase();

describe('a phone number', () => {
  it('is found when somebody dials it, answered or not', async () => {
    const { db } = database;
    const tenant = await insertPhoneTenant(db, { number: '+12025550101' });
    const key = { organizationId: tenant.organizationId, id: tenant.phoneNumberId };
    await updatePhoneNumber(db, key, { inbound: false });
    expect(await findDialledNumber(db, '+12025550101')).toEqual({
      ...key,
      agentId: tenant.agentId,
      sipTrunkId: tenant.sipTrunkId,
      number: '+12025550101',
      label: '',
      inbound: false,
    });
    expect(await findDialledNumber(db, '+12025550999')).toBeUndefined();
    const answered = await listAnsweredNumbers(db);
    expect(answered.map(({ number }) => number)).not.toContain('+12025550101');
  });

  it('belongs to one organization alone', async () => {
    const { db } = database;
    await insertPhoneTenant(db, { number: '+12025550102' });
    await expect(insertPhoneTenant(db, { number: '+12025550102' })).rejects.toMatchObject({
      code: '23505',
    });
  });

  it("cannot come by another organization's trunk", async () => {
    const { db } = database;
    const { sipTrunkId } = await insertPhoneTenant(db, { number: '+12025550103' });
    const { organizationId, agentId } = await insertTenant(db);
    const number = { organizationId, agentId, sipTrunkId, number: '+12025550104' };
    await expect(insertPhoneNumber(db, number)).rejects.toMatchObject({ code: '23503' });
  });

  it('can be removed although calls came by it', async () => {
    const { db } = database;
    const tenant = await insertPhoneTenant(db, { number: '+12025550105' });
    const { organizationId, agentId, phoneNumberId } = tenant;
    const id = await insertCall(db, {
      organizationId,
      agentId,
      roomName: 'phone-1',
      line: 'phone',
    });
    await db.updateTable('calls').set({ phoneNumberId }).where('id', '=', id).execute();
    await deletePhoneNumber(db, { organizationId: randomUUID(), id: phoneNumberId });
    expect(await listPhoneNumbers(db, organizationId)).toHaveLength(1);
    await deletePhoneNumber(db, { organizationId, id: phoneNumberId });
    expect(await listPhoneNumbers(db, organizationId)).toEqual([]);
    const call = await db
      .selectFrom('calls')
      .select('phoneNumberId')
      .where('id', '=', id)
      .executeTakeFirstOrThrow();
    expect(call.phoneNumberId).toBeNull();
  });
});

describe('a trunk', () => {
  it('opens its password for its own organization alone, and never lists it', async () => {
    const { db } = database;
    const tenant = await insertPhoneTenant(db, { number: '+12025550111', password: 'pa55word' });
    const { organizationId, sipTrunkId: id, masterKey } = tenant;
    expect(await readTrunkPassword(db, { organizationId, id }, masterKey)).toBe('pa55word');
    const stranger = { organizationId: randomUUID(), id };
    expect(await readTrunkPassword(db, stranger, masterKey)).toBeNull();
    const [trunk] = await listSipTrunks(db, organizationId);
    expect(trunk).toMatchObject({ authUsername: 'slotline', livekitTrunkId: null });
    expect(JSON.stringify(trunk)).not.toContain('assword');
  });

  it('is refused where anybody could call by it', async () => {
    const { db } = database;
    const { organizationId } = await insertTenant(db);
    const open = { organizationId, name: 'Open', allowedAddresses: [], digest: null };
    await expect(insertSipTrunk(db, open)).rejects.toMatchObject({ code: '23514' });
    const id = await insertSipTrunk(db, { ...open, allowedAddresses: ['203.0.113.0/24'] });
    const emptied = updateSipTrunk(db, { organizationId, id }, { allowedAddresses: [] });
    await expect(emptied).rejects.toMatchObject({ code: '23514' });
  });

  it('stays while a number comes by it', async () => {
    const { db } = database;
    const tenant = await insertPhoneTenant(db, { number: '+12025550112' });
    const { organizationId, sipTrunkId: id } = tenant;
    await expect(deleteSipTrunk(db, { organizationId, id })).rejects.toMatchObject({
      code: '23503',
    });
    await deletePhoneNumber(db, { organizationId, id: tenant.phoneNumberId });
    await deleteSipTrunk(db, { organizationId, id });
    expect(await listSipTrunks(db, organizationId)).toEqual([]);
  });
});

describe('call limits', () => {
  it('are the defaults until something is set, and the columns have the same defaults', async () => {
    const { db } = database;
    const { organizationId } = await insertTenant(db);
    expect(await readCallLimits(db, organizationId)).toEqual(DEFAULT_CALL_LIMITS);
    await updateCallLimits(db, organizationId, {});
    expect(await readCallLimits(db, organizationId)).toEqual(DEFAULT_CALL_LIMITS);
    await updateCallLimits(db, organizationId, { callsAtOnce: 3 });
    await updateCallLimits(db, organizationId, { longestCallMinutes: 10 });
    expect(await readCallLimits(db, organizationId)).toEqual({
      ...DEFAULT_CALL_LIMITS,
      callsAtOnce: 3,
      longestCallMinutes: 10,
    });
  });
});

describe('a blocked caller', () => {
  it('is blocked in one organization, until unblocked', async () => {
    const { db } = database;
    const [here, there] = [await insertTenant(db), await insertTenant(db)];
    const number = '+12025550121';
    await blockCaller(db, here.organizationId, { number, reason: 'Rude' });
    await blockCaller(db, here.organizationId, { number, reason: 'Very rude' });
    expect(await isBlocked(db, here.organizationId, number)).toBe(true);
    expect(await isBlocked(db, there.organizationId, number)).toBe(false);
    const [listed, ...more] = await listBlockedCallers(db, here.organizationId);
    expect(listed).toMatchObject({ number, reason: 'Very rude' });
    expect(more).toEqual([]);
    expect(await unblockCaller(db, there.organizationId, number)).toBe(false);
    expect(await unblockCaller(db, here.organizationId, number)).toBe(true);
    expect(await isBlocked(db, here.organizationId, number)).toBe(false);
  });
});

describe('a message taken', () => {
  it('waits in its organization until somebody has seen to it', async () => {
    const { db } = database;
    const { organizationId, agentId, slug } = await insertTenant(db);
    const callId = await insertCall(db, {
      organizationId,
      agentId,
      roomName: 'phone-2',
      line: 'phone',
    });
    const message = {
      organizationId,
      callId,
      callerName: 'Mary Smith',
      callbackNumber: '+12025550131',
      email: null,
      text: 'Please call back about the invoice.',
    };
    const id = await insertMessageTaken(db, { ...message, agentId });
    const waiting = { organizationId, limit: 10 };
    expect(await listMessagesTaken(db, waiting)).toMatchObject([
      { ...message, id, agentSlug: slug, handledAt: null },
    ]);
    expect(await listMessagesTaken(db, { ...waiting, organizationId: randomUUID() })).toEqual([]);
    const at = new Date('2026-11-24T15:00:00Z');
    expect(await markHandled(db, { organizationId: randomUUID(), id }, at)).toBe(false);
    expect(await markHandled(db, { organizationId, id }, at)).toBe(true);
    expect(await markHandled(db, { organizationId, id }, new Date())).toBe(true);
    expect(await listMessagesTaken(db, waiting)).toEqual([]);
    const [handled] = await listMessagesTaken(db, { ...waiting, handled: true });
    expect(handled?.handledAt).toEqual(at);
  });
});
