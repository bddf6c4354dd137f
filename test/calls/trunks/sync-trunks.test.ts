import { randomBytes } from 'node:crypto';
import { SipClient } from 'livekit-server-sdk';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  deletePhoneNumber,
  insertPhoneNumber,
  updatePhoneNumber,
} from '../../../db/phone/phone-numbers.ts';
import { updateCallLimits } from '../../../db/calls/call-limits.ts';
import { insertSipTrunk, listSipTrunks, updateSipTrunk } from '../../../db/phone/sip-trunks.ts';
import { syncTrunks } from '../../../calls/trunks/sync-trunks.ts';
import type { TrunkSyncParts } from '../../../calls/trunks/sync-trunks.ts';
import { startLiveKit } from '../../support/livekit-server.ts';
import { insertPhoneTenant } from '../../support/phone-line.ts';
import { canServePhone, startRedis } from '../../support/redis-server.ts';
import { useTestDatabase } from '../../support/test-database.ts';

const database = useTestDatabase();
const KEYS = { apiKey: 'devkey', apiSecret: 'a-secret-of-thirty-two-characters' };
const MASTER_KEY = randomBytes(32);

describe.skipIf(!canServePhone())('syncTrunks on a real LiveKit', () => {
  const servers = new AsyncDisposableStack();
  let url: string;
  let client: SipClient;
  let parts: TrunkSyncParts;

  beforeAll(async () => {
    const redis = servers.use(await startRedis());
    const livekit = servers.use(await startLiveKit({ ...KEYS, redisPort: redis.port }));
    url = livekit.url;
    client = new SipClient(url, KEYS.apiKey, KEYS.apiSecret);
    parts = { db: database.db, client, workerName: 'receptionist', masterKey: () => MASTER_KEY };
  });

  afterAll(() => servers.disposeAsync());

  beforeEach(async () => {
    const { db } = database;
    await db.deleteFrom('phoneNumbers').execute();
    await db.deleteFrom('sipTrunks').execute();
    for (const rule of await client.listSipDispatchRule()) {
      await client.deleteSipDispatchRule(rule.sipDispatchRuleId);
    }
    for (const trunk of await client.listSipInboundTrunk()) {
      await client.deleteSipTrunk(trunk.sipTrunkId);
    }
  });

  it('makes a trunk for each of ours and one rule for all, and then changes nothing', async () => {
    const { db } = database;
    const first = await insertPhoneTenant(db, { number: '+12025550101' });
    const second = await insertPhoneTenant(db, {
      number: '+12025550102',
      allowedAddresses: [],
      password: 'pa55word',
      masterKey: MASTER_KEY,
    });
    await updateCallLimits(db, second.organizationId, { longestCallMinutes: 10 });
    const { steps, conflicts } = await syncTrunks(parts);
    expect(conflicts).toEqual([]);
    expect(steps.map((step) => step.do)).toEqual(['create-trunk', 'create-trunk', 'create-rule']);
    const trunks = await client.listSipInboundTrunk();
    expect(trunkWith(trunks, '+12025550101')).toMatchObject({
      name: 'Provider',
      numbers: ['+12025550101'],
      allowedAddresses: ['203.0.113.7/32'],
      authUsername: '',
      maxCallDuration: { seconds: 31n * 60n },
      headersToAttributes: { Privacy: 'sip.h.privacy' },
    });
    expect(trunkWith(trunks, '+12025550102')).toMatchObject({
      allowedAddresses: [],
      authUsername: 'slotline',
      authPassword: 'pa55word',
      maxCallDuration: { seconds: 11n * 60n },
    });
    const [rule, ...others] = await client.listSipDispatchRule();
    expect(others).toEqual([]);
    expect(rule?.trunkIds.toSorted()).toEqual(trunks.map((each) => each.sipTrunkId).toSorted());
    expect(rule).toMatchObject({ name: 'slotline:receptionist', metadata: '', attributes: {} });
    expect(rule?.rule?.rule).toMatchObject({
      case: 'dispatchRuleCallee',
      value: { roomPrefix: 'phone-', randomize: true, pin: '' },
    });
    expect(rule?.roomConfig?.agents).toMatchObject([
      { agentName: 'receptionist', metadata: '{"v":1,"line":"phone"}' },
    ]);
    const [stored] = await listSipTrunks(db, first.organizationId);
    expect(stored?.livekitTrunkId).toBe(trunkWith(trunks, '+12025550101')?.sipTrunkId);
    expect(await syncTrunks(parts)).toMatchObject({ steps: [], conflicts: [] });
    expect(await client.listSipInboundTrunk()).toEqual(trunks);
  });

  it('says what it would do without doing it', async () => {
    await insertPhoneTenant(database.db, { number: '+12025550103' });
    const { steps } = await syncTrunks(parts, { dryRun: true });
    expect(steps.map((step) => step.do)).toEqual(['create-trunk', 'create-rule']);
    expect(await client.listSipInboundTrunk()).toEqual([]);
    expect(await client.listSipDispatchRule()).toEqual([]);
  });

  it('changes trunks in place, and keeps what somebody set besides', async () => {
    const { db } = database;
    const tenant = await insertPhoneTenant(db, {
      number: '+12025550104',
      password: 'pa55word',
      masterKey: MASTER_KEY,
    });
    const { organizationId, agentId, sipTrunkId } = tenant;
    await syncTrunks(parts);
    const [before] = await client.listSipInboundTrunk();
    if (!before) throw new Error('There is no trunk.');
    await client.updateSipInboundTrunk(
      before.sipTrunkId,
      Object.assign(before.clone(), {
        krispEnabled: true,
        headersToAttributes: { Diversion: 'sip.h.diversion' },
      }),
    );
    await insertPhoneNumber(db, { organizationId, agentId, sipTrunkId, number: '+12025550105' });
    const key = { organizationId, id: sipTrunkId };
    const digest = { username: 'slotline', password: '0ther', masterKey: MASTER_KEY };
    await updateSipTrunk(db, key, { name: 'Carrier', digest });
    const { steps } = await syncTrunks(parts);
    expect(steps).toMatchObject([
      {
        do: 'update-trunk',
        id: before.sipTrunkId,
        changes: [
          { field: 'name', from: 'Provider', to: 'Carrier' },
          { field: 'numbers', to: '+12025550104, +12025550105' },
          { field: 'Privacy header', from: 'not read', to: 'read' },
          { field: 'password', from: '…', to: '…' },
        ],
      },
    ]);
    const [after] = await client.listSipInboundTrunk();
    expect(after).toMatchObject({
      sipTrunkId: before.sipTrunkId,
      name: 'Carrier',
      numbers: ['+12025550104', '+12025550105'],
      authPassword: '0ther',
      krispEnabled: true,
      headersToAttributes: { Diversion: 'sip.h.diversion', Privacy: 'sip.h.privacy' },
    });
    await updateSipTrunk(db, key, { digest: null });
    await syncTrunks(parts);
    const [open] = await client.listSipInboundTrunk();
    expect(open).toMatchObject({ authUsername: '', authPassword: '' });
    expect(await syncTrunks(parts)).toMatchObject({ steps: [] });
  });

  it('moves a number from one trunk to another, and swaps two', async () => {
    const { db } = database;
    const tenant = await insertPhoneTenant(db, { number: '+12025550106' });
    const { organizationId, agentId } = tenant;
    const other = await insertSipTrunk(db, {
      organizationId,
      name: 'Other',
      allowedAddresses: ['198.51.100.0/24'],
      digest: null,
    });
    const number = { organizationId, agentId, sipTrunkId: other };
    const second = await insertPhoneNumber(db, { ...number, number: '+12025550107' });
    await insertPhoneNumber(db, { ...number, number: '+12025550108' });
    await syncTrunks(parts);
    await updatePhoneNumber(db, { organizationId, id: second }, { sipTrunkId: tenant.sipTrunkId });
    await syncTrunks(parts);
    expect(await numbersByTrunk(client)).toEqual({
      Provider: ['+12025550106', '+12025550107'],
      Other: ['+12025550108'],
    });
    const first = { organizationId, id: tenant.phoneNumberId };
    await updatePhoneNumber(db, { organizationId, id: second }, { sipTrunkId: other });
    await updatePhoneNumber(db, first, { sipTrunkId: other });
    const third = (await db.selectFrom('phoneNumbers').selectAll().execute()).find(
      (each) => each.number === '+12025550108',
    );
    const thirdKey = { organizationId, id: third?.id ?? '' };
    await updatePhoneNumber(db, thirdKey, { sipTrunkId: tenant.sipTrunkId });
    await syncTrunks(parts);
    expect(await numbersByTrunk(client)).toEqual({
      Provider: ['+12025550108'],
      Other: ['+12025550106', '+12025550107'],
    });
    const [rule] = await client.listSipDispatchRule();
    const ids = (await client.listSipInboundTrunk()).map((each) => each.sipTrunkId);
    expect(rule?.trunkIds.toSorted()).toEqual(ids.toSorted());
    expect(await syncTrunks(parts)).toMatchObject({ steps: [] });
  });

  it('removes what is disabled or removed, and the rule with the last trunk', async () => {
    const { db } = database;
    const [first, second] = [
      await insertPhoneTenant(db, { number: '+12025550109' }),
      await insertPhoneTenant(db, { number: '+12025550110' }),
    ];
    await syncTrunks(parts);
    const key = { organizationId: first.organizationId, id: first.phoneNumberId };
    await updatePhoneNumber(db, key, { inbound: false });
    await syncTrunks(parts);
    expect(Object.values(await numbersByTrunk(client))).toEqual([['+12025550110']]);
    const [stored] = await listSipTrunks(db, first.organizationId);
    expect(stored?.livekitTrunkId).toBeNull();
    const { organizationId, phoneNumberId: id } = second;
    await deletePhoneNumber(db, { organizationId, id });
    await syncTrunks(parts);
    expect(await client.listSipInboundTrunk()).toEqual([]);
    expect(await client.listSipDispatchRule()).toEqual([]);
  });

  it('leaves what is not ours, and says where it is in the way', async () => {
    const { db } = database;
    const { sipTrunkId: foreignTrunk } = await client.createSipInboundTrunk(
      'Sales',
      ['1 202-555-0111', '+12025550199'],
      { allowedAddresses: ['192.0.2.1'] },
    );
    const everything = await client.createSipDispatchRule({ type: 'direct', roomName: 'lobby' });
    const tenant = await insertPhoneTenant(db, { number: '+12025550111' });
    const { organizationId, agentId, sipTrunkId } = tenant;
    expect(await syncTrunks(parts)).toMatchObject({
      steps: [],
      conflicts: [{ about: 'number', number: '+12025550111', trunk: { name: 'Sales' } }],
    });
    await insertPhoneNumber(db, { organizationId, agentId, sipTrunkId, number: '+12025550112' });
    await syncTrunks(parts);
    expect(await numbersByTrunk(client)).toEqual({
      Sales: ['1 202-555-0111', '+12025550199'],
      Provider: ['+12025550112'],
    });
    await db.deleteFrom('phoneNumbers').execute();
    await syncTrunks(parts);
    const [left] = await client.listSipInboundTrunk();
    expect(left?.sipTrunkId).toBe(foreignTrunk);
    const rules = await client.listSipDispatchRule();
    expect(rules).toMatchObject([{ sipDispatchRuleId: everything.sipDispatchRuleId }]);
  });

  it("reports another's rule on a trunk of ours", async () => {
    const { db } = database;
    await insertPhoneTenant(db, { number: '+12025550113' });
    await syncTrunks(parts);
    const [rule] = await client.listSipDispatchRule();
    await client.deleteSipDispatchRule(rule?.sipDispatchRuleId ?? '');
    await client.createSipDispatchRule(
      { type: 'direct', roomName: 'lobby' },
      { name: 'Lobby', trunkIds: rule?.trunkIds ?? [] },
    );
    expect(await syncTrunks(parts)).toMatchObject({
      steps: [],
      conflicts: [{ about: 'trunk', title: 'Provider', rule: { name: 'Lobby' } }],
    });
  });

  it('takes over its own line when the worker is renamed, and no other worker’s', async () => {
    const { db } = database;
    await insertPhoneTenant(db, { number: '+12025550114' });
    await syncTrunks(parts);
    const other = '00000000-0000-4000-8000-000000000000';
    await client.createSipInboundTrunk('Elsewhere', ['+12025550115'], {
      metadata: `slotline:elsewhere:${other}`,
      allowedAddresses: ['192.0.2.1'],
    });
    await syncTrunks({ ...parts, workerName: 'renamed' });
    const [rule, ...others] = await client.listSipDispatchRule();
    expect(others).toEqual([]);
    expect(rule?.roomConfig?.agents).toMatchObject([{ agentName: 'renamed' }]);
    expect(await numbersByTrunk(client)).toEqual({
      Provider: ['+12025550114'],
      Elsewhere: ['+12025550115'],
    });
  });

  it('goes on from where it was broken off', async () => {
    const { db } = database;
    await insertPhoneTenant(db, { number: '+12025550116' });
    const broken = Object.create(client) as SipClient;
    broken.createSipDispatchRule = () => Promise.reject(new TypeError('fetch failed'));
    await expect(syncTrunks({ ...parts, client: broken })).rejects.toMatchObject({
      name: 'PhoneSyncError',
      message: expect.stringContaining('LIVEKIT_URL') as string,
    });
    const { steps } = await syncTrunks(parts);
    expect(steps.map((step) => step.do)).toEqual(['create-rule']);
    expect(await client.listSipInboundTrunk()).toHaveLength(1);
  });

  it('makes nothing twice when two sync at the same time', async () => {
    await insertPhoneTenant(database.db, { number: '+12025550117' });
    await Promise.all([syncTrunks(parts), syncTrunks(parts)]);
    expect(await client.listSipInboundTrunk()).toHaveLength(1);
    expect(await client.listSipDispatchRule()).toHaveLength(1);
  });

  it('says what is wrong with a key, and with a LiveKit that has no Redis', async () => {
    const wrong = new SipClient(url, KEYS.apiKey, 'another-secret-of-thirty-two-letters');
    await expect(syncTrunks({ ...parts, client: wrong })).rejects.toThrow('LIVEKIT_API_SECRET');
    await using alone = await startLiveKit(KEYS);
    const withoutRedis = new SipClient(alone.url, KEYS.apiKey, KEYS.apiSecret);
    await expect(syncTrunks({ ...parts, client: withoutRedis })).rejects.toThrow('Redis');
  });
});

type Trunks = Awaited<ReturnType<SipClient['listSipInboundTrunk']>>;

function trunkWith(trunks: Trunks, number: string): Trunks[number] | undefined {
  return trunks.find(({ numbers }) => numbers.includes(number));
}

async function numbersByTrunk(client: SipClient): Promise<Record<string, string[]>> {
  const trunks = await client.listSipInboundTrunk();
  return Object.fromEntries(trunks.map(({ name, numbers }) => [name, numbers]));
}
