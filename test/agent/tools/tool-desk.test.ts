import { pino } from 'pino';
import { expect, it } from 'vitest';
import { CallRecord } from '../../../agent/call/call-record.ts';
import { ToolDesk } from '../../../agent/tools/tool-desk.ts';
import { insertCall } from '../../../db/calls/calls.ts';
import { insertTenant } from '../../support/tenants.ts';
import { useTestDatabase } from '../../support/test-database.ts';

const database = useTestDatabase();

it('runs no tool with control characters in its words, and writes the call of it down', async () => {
  const { db } = database;
  const { organizationId, agentId } = await insertTenant(db);
  const started = { roomName: 'room', line: 'web' as const, startedAt: new Date() };
  const callId = await insertCall(db, { organizationId, agentId, ...started });
  const logger = pino({ level: 'silent' });
  const record = new CallRecord(db, { organizationId, callId }, logger);
  const tools = new ToolDesk({ record, logger, onChange: () => {} });
  let runs = 0;
  const run = (args: unknown) =>
    tools.run('take_message', args, () => {
      runs += 1;
      return Promise.resolve({ status: 'taken', message: 'a\u0000b' });
    });
  await expect(run({ message: ['call\u0000me', 'half \uD83D'] })).rejects.toThrow(/control/);
  expect(runs).toBe(0);
  await run({ message: 'two\nlines, \u00e9 and \u{1F600}' });
  expect(runs).toBe(1);
  record.turn('caller', 'hello\u0000 there', false);
  await record.finish({ outcome: 'no_booking', reason: 'ended', usage: {} });
  const calls = await db.selectFrom('toolCalls').selectAll().orderBy('id').execute();
  expect(calls.map((call) => call.arguments)).toEqual([
    { message: ['callme', 'half '] },
    { message: 'two\nlines, \u00e9 and \u{1F600}' },
  ]);
  expect(calls[0]?.error).toMatch(/control/);
  expect(calls[1]?.result).toEqual({ status: 'taken', message: 'ab' });
  const turns = await db.selectFrom('callTurns').select('text').execute();
  expect(turns).toEqual([{ text: 'hello there' }]);
});
