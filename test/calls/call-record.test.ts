import { pino } from 'pino';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { CallRecord } from '../../calls/call-record.ts';
import { insertCall } from '../../db/calls/calls.ts';
import { insertTenant } from '../support/tenants.ts';
import { useTestDatabase } from '../support/test-database.ts';

const database = useTestDatabase();
const LONG_AGO = new Date('2026-01-01T00:00:00Z');

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
});
afterEach(() => {
  vi.useRealTimers();
});

it('says on the row that the call lives, until it has ended', async () => {
  const { db } = database;
  const { organizationId, agentId } = await insertTenant(db);
  const started = { roomName: 'room', line: 'web' as const };
  const callId = await insertCall(db, { organizationId, agentId, ...started });
  const record = new CallRecord(db, { organizationId, callId }, pino({ level: 'silent' }));
  const lastSign = async () =>
    (await db.selectFrom('calls').select('lastSignAt').executeTakeFirstOrThrow()).lastSignAt;
  record.keepAlive();
  await db.updateTable('calls').set({ lastSignAt: LONG_AGO }).execute();
  vi.advanceTimersByTime(10_000);
  await vi.waitUntil(async () => (await lastSign()) > LONG_AGO, { timeout: 30_000 });
  await record.finish({ outcome: 'no_booking', reason: 'ended', usage: {} });
  expect(vi.getTimerCount()).toBe(0);
});
