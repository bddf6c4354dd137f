import { pino } from 'pino';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { MessagePad } from '../../../booking/desk/message-pad.ts';
import { ToolDesk } from '../../../booking/tools/tool-desk.ts';
import { defineTool } from '../../../booking/tools/tool.ts';
import { CallRecord } from '../../../calls/call-record.ts';
import { NO_LINE } from '../../../calls/line-numbers.ts';
import { insertCall } from '../../../db/calls/calls.ts';
import { insertTenant } from '../../support/tenants.ts';
import { useTestDatabase } from '../../support/test-database.ts';
import { speaking } from '../../support/speaking.ts';

const database = useTestDatabase();
const logger = pino({ level: 'silent' });

async function openCall() {
  const { db } = database;
  const { organizationId, agentId } = await insertTenant(db);
  const callId = await insertCall(db, { organizationId, agentId, roomName: 'room', line: 'web' });
  const of = { organizationId, agentId, callId };
  return {
    desk: null,
    language: speaking('en'),
    messages: new MessagePad({ db, ...of, numbers: NO_LINE, language: speaking('en') }),
    record: new CallRecord(db, of, logger),
  };
}

it('runs no tool with control characters in its words, and writes the call of it down', async () => {
  const { db } = database;
  const call = await openCall();
  const { record } = call;
  const tools = new ToolDesk({ call, logger, onChange: () => {} });
  let runs = 0;
  const tool = defineTool({
    name: 'take_message',
    description: '',
    schema: z.object({ message: z.union([z.string(), z.array(z.string())]) }),
    run: () => {
      runs += 1;
      return Promise.resolve({ status: 'taken', message: 'a\u0000b' });
    },
  });
  const run = (args: unknown) => tools.run(tool, args, undefined);
  await expect(run({ message: ['call\u0000me', 'half \uD83D'] })).rejects.toThrow(/control/);
  expect(runs).toBe(0);
  await run({ message: 'two\nlines, \u00e9 and \u{1F600}' });
  expect(runs).toBe(1);
  record.turn({ role: 'caller', text: 'hello\u0000 there' });
  await record.finish({ outcome: 'no_booking', reason: 'ended', by: 'caller' });
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

it('runs no tool whose arguments are not as its schema has them, and says which', async () => {
  const tools = new ToolDesk({ call: await openCall(), logger, onChange: () => {} });
  let seen: unknown = null;
  const tool = defineTool({
    name: 'take_message',
    description: '',
    schema: z.object({ message: z.string() }),
    run: (args) => {
      seen = args;
      return Promise.resolve({ status: 'taken' });
    },
  });
  await expect(tools.run(tool, { message: 7 }, undefined)).rejects.toThrow(/string[^]*message/);
  expect(seen).toBe(null);
  await tools.run(tool, { message: 'hello', further: 1 }, undefined);
  expect(seen).toEqual({ message: 'hello' });
});

it('writes down one refusal of a model that calls without end, and holds the others back', async () => {
  const { db } = database;
  const call = await openCall();
  const tools = new ToolDesk({ call, logger, onChange: () => {} });
  let runs = 0;
  const tool = defineTool({
    name: 'list_available_slots',
    description: '',
    schema: z.object({}),
    run: () => Promise.resolve((runs += 1)),
  });
  const begun = performance.now();
  const ended: number[] = [];
  const calls = Array.from({ length: 500 }, async () => {
    await tools.run(tool, {}, undefined).finally(() => ended.push(performance.now() - begun));
  });
  const results = await Promise.allSettled(calls);
  expect(runs).toBe(20);
  const refused = results.filter(({ status }) => status === 'rejected');
  expect(refused).toHaveLength(480);
  expect(ended.at(-1)).toBeGreaterThan(1_900);
  await call.record.written();
  const rows = await db.selectFrom('toolCalls').selectAll().where('name', '=', tool.name).execute();
  expect(rows).toHaveLength(21);
  expect(rows.filter(({ error }) => error?.startsWith('Too many'))).toHaveLength(1);
});
