import { pino } from 'pino';
import { expect, it } from 'vitest';
import { escalateByMessage } from '../../../booking/tools/escalate-by-message.ts';
import { takeMessage } from '../../../booking/tools/take-message.ts';
import { ToolDesk } from '../../../booking/tools/tool-desk.ts';
import { CallRecord } from '../../../calls/call-record.ts';
import { insertCall } from '../../../db/calls/calls.ts';
import { listMessagesTaken } from '../../../db/messages/messages-taken.ts';
import { servedParts } from '../../support/served-parts.ts';
import { insertTenant } from '../../support/tenants.ts';
import { useTestDatabase } from '../../support/test-database.ts';

const database = useTestDatabase();
const logger = pino({ level: 'silent' });

async function openCall() {
  const { db } = database;
  const { organizationId, agentId } = await insertTenant(db);
  const callId = await insertCall(db, { organizationId, agentId, roomName: 'room', line: 'web' });
  const of = { organizationId, agentId, callId };
  const call = { ...servedParts(db, of), desk: null, record: new CallRecord(db, of, logger) };
  const desk = new ToolDesk({ call, logger, onChange: () => {} });
  const outcome = async () => {
    await call.record.written();
    const rows = db.selectFrom('calls').select('outcome').where('id', '=', callId);
    return (await rows.executeTakeFirstOrThrow()).outcome;
  };
  return { call, desk, outcome, messages: () => listMessagesTaken(db, { ...of, limit: 10 }) };
}

it('has what cannot wait before everything else', async () => {
  const { call, desk, messages } = await openCall();
  const tool = takeMessage(call);
  const left = { name: 'Mary', callback_number: '+12025550123' };
  await desk.run(tool, { ...left, message: 'First.', urgent: null }, undefined);
  const answer = await desk.run(tool, { ...left, message: 'Help!', urgent: true }, undefined);
  expect(answer).toMatchObject({ status: 'taken', message: expect.stringContaining('urgent') });
  expect((await messages()).map(({ text, urgent }) => [text, urgent])).toEqual([
    ['Help!', true],
    ['First.', false],
  ]);
});

it('has a person call back where nobody can be put through, once it is known where', async () => {
  const { call, desk, messages, outcome } = await openCall();
  const tool = escalateByMessage(call);
  const asked = { name: 'Mary', message: 'I need a person.' };
  await expect(desk.run(tool, { ...asked, callback_number: null }, undefined)).rejects.toThrow(
    'ask the caller for a number',
  );
  expect(await messages()).toEqual([]);
  expect(
    await desk.run(tool, { ...asked, callback_number: '+12025550123' }, undefined),
  ).toMatchObject({ status: 'taken' });
  expect(await messages()).toMatchObject([{ urgent: true, callbackNumber: '+12025550123' }]);
  expect(await outcome()).toBe('message_taken');
});
