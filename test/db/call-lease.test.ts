import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { ago } from '../../db/clock.ts';
import {
  claimLeftCall,
  claimSilentCall,
  closeLeftCall,
  closeSilentCall,
  listSilentCalls,
  noteSignOfLife,
} from '../../db/calls/call-lease.ts';
import { finishCall, insertCall } from '../../db/calls/calls.ts';
import { insertTenant } from '../support/tenants.ts';
import { useTestDatabase } from '../support/test-database.ts';

const END = { outcome: 'no_booking', reason: 'The caller hung up.', by: 'caller' } as const;

describe('the process that has a call', () => {
  const database = useTestDatabase({ maxConnections: 5 });

  /** A call whose process gave its last sign so many milliseconds ago. */
  async function open(silent: number, holder: string | undefined = randomUUID()) {
    const { db } = database;
    const { organizationId, agentId } = await insertTenant(db);
    const roomName = randomUUID();
    const row = { organizationId, agentId, roomName, line: 'web' as const };
    const callId = await insertCall(db, { ...row, ...(holder === '' ? {} : { holder }) });
    const lastSignAt = ago(silent);
    await db.updateTable('calls').set({ lastSignAt }).where('id', '=', callId).execute();
    return { organizationId, callId, holder, roomName };
  }
  const silent = async (callId: string) =>
    (await listSilentCalls(database.db, 4_000)).find((call) => call.callId === callId);
  const rowOf = (callId: string) =>
    database.db.selectFrom('calls').selectAll().where('id', '=', callId).executeTakeFirstOrThrow();

  it('loses it to one of several others once it gave no sign for six seconds', async () => {
    const { db } = database;
    const key = await open(7_000);
    const call = await silent(key.callId);
    if (!call) throw new Error('It is not silent.');
    const others = [randomUUID(), randomUUID(), randomUUID()];
    const claimed = await Promise.all(others.map((other) => claimSilentCall(db, call, other)));
    expect(claimed.filter(Boolean)).toHaveLength(1);
    const holder = others[claimed.indexOf(true)];
    expect(await rowOf(key.callId)).toMatchObject({ holder, timesTakenOver: 1, endedAt: null });

    // It was not dead after all: it learns of it, and ends nothing.
    expect(await noteSignOfLife(db, key)).toBe(false);
    expect(await finishCall(db, key, END)).toBe(false);
    expect(await rowOf(key.callId)).toMatchObject({ endedAt: null, outcome: null });
    expect(await noteSignOfLife(db, { ...key, holder })).toBe(true);
    expect(await finishCall(db, { ...key, holder }, END)).toBe(true);
    // After the end there is nothing to be lost.
    expect(await noteSignOfLife(db, key)).toBe(true);
  });

  it('keeps it where it gives a sign while somebody else looks', async () => {
    const { db } = database;
    const key = await open(7_000);
    const call = await silent(key.callId);
    if (!call) throw new Error('It is not silent.');
    expect(await noteSignOfLife(db, key)).toBe(true);
    expect(await claimSilentCall(db, call, randomUUID())).toBe(false);
    expect(await closeSilentCall(db, call)).toBe(false);
    expect(await rowOf(key.callId)).toMatchObject({ holder: key.holder, endedAt: null });
  });

  it('is not taken for dead before it has failed to give three signs', async () => {
    const { db } = database;
    const key = await open(5_000);
    const call = await silent(key.callId);
    if (!call) throw new Error('It is not silent.');
    expect(await claimSilentCall(db, call, randomUUID())).toBe(false);
    const unnamed = await open(60_000, '');
    expect(await silent(unnamed.callId)).toBeUndefined();
  });

  it('has it from the one that died, and only from that one', async () => {
    const { db } = database;
    const { roomName, ...key } = await open(0);
    const from = [key.holder];
    const [second, third] = [randomUUID(), randomUUID()];
    expect(await claimLeftCall(db, { roomName, from, holder: second })).toBe('ours');
    expect(await claimLeftCall(db, { roomName, from, holder: second })).toBe('ours');
    expect(await rowOf(key.callId)).toMatchObject({ holder: second, endedAt: null });
    expect(await claimLeftCall(db, { roomName, from, holder: third })).toBe('elsewhere');
    await closeLeftCall(db, { roomName, holder: third });
    expect(await rowOf(key.callId)).toMatchObject({ holder: second, endedAt: null });

    // The one that died may have ended it before, or not yet have opened it.
    await closeLeftCall(db, { roomName, holder: second });
    expect(await rowOf(key.callId)).toMatchObject({ holder: second, endedBy: 'fault' });
    expect(await claimLeftCall(db, { roomName, from: [second], holder: third })).toBe('over');
    expect(await claimLeftCall(db, { roomName, from, holder: third })).toBe('elsewhere');
    const unopened = { roomName: randomUUID(), from, holder: third };
    expect(await claimLeftCall(db, unopened)).toBe('ours');
  });

  it('leaves a row that is closed as of its last sign, where nobody can go on', async () => {
    const { db } = database;
    const key = await open(7_000);
    const call = await silent(key.callId);
    if (!call) throw new Error('It is not silent.');
    expect(await closeSilentCall(db, call)).toBe(true);
    const row = await rowOf(key.callId);
    expect(row).toMatchObject({
      outcome: 'failed',
      endReason: 'The process of the call died.',
      endedBy: 'fault',
    });
    expect(row.endedAt).toEqual(row.lastSignAt);
  });
});
