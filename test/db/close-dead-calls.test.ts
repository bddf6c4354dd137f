import { expect, it } from 'vitest';
import { ago } from '../../db/clock.ts';
import { closeDeadCalls } from '../../db/calls/call-lease.ts';
import { insertCall, recordCallProgress } from '../../db/calls/calls.ts';
import { insertTenant } from '../support/tenants.ts';
import { useTestDatabase } from '../support/test-database.ts';

const database = useTestDatabase();

it('closes calls whose process died as of their last sign, and keeps what came of them', async () => {
  const { db } = database;
  const { organizationId, agentId } = await insertTenant(db);
  const open = async (secondsAgo: number): Promise<string> => {
    const callId = await insertCall(db, { organizationId, agentId, roomName: 'room', line: 'web' });
    const lastSignAt = ago(secondsAgo * 1_000);
    await db.updateTable('calls').set({ lastSignAt }).where('id', '=', callId).execute();
    return callId;
  };
  const dead = await open(301);
  const booked = await open(400);
  await recordCallProgress(db, { organizationId, callId: booked }, { outcome: 'booked' });
  const alive = await open(60);
  expect(await closeDeadCalls(db)).toBe(2);
  const rows = await db.selectFrom('calls').selectAll().execute();
  const row = (id: string) => rows.find((one) => one.id === id);
  const reason = { endReason: 'The process of the call died.', endedBy: 'fault' };
  expect(row(dead)).toMatchObject({ outcome: 'failed', ...reason });
  expect(row(dead)?.endedAt).toEqual(row(dead)?.lastSignAt);
  expect(row(booked)).toMatchObject({ outcome: 'booked', ...reason });
  expect(row(alive)).toMatchObject({ outcome: null, endedAt: null });
});
