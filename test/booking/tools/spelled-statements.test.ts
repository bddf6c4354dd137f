import { pino } from 'pino';
import { describe, expect, it } from 'vitest';
import { findAppointments } from '../../../booking/tools/find-appointments.ts';
import { takeMessage } from '../../../booking/tools/take-message.ts';
import { CallRecord } from '../../../calls/call-record.ts';
import { MACHINE_CLOCK } from '../../support/test-clock.ts';
import { useTestDatabase } from '../../support/test-database.ts';
import { servedParts } from '../../support/served-parts.ts';
import { openTestDesk } from '../../support/test-desk.ts';

const database = useTestDatabase();

async function openCall(language = 'en') {
  const { db } = database;
  const opened = await openTestDesk(db, { clock: MACHINE_CLOCK, language });
  const { organizationId, agentId } = opened.tenant;
  const of = { organizationId, agentId, callId: opened.callId };
  const record = new CallRecord(db, of, pino({ level: 'silent' }));
  const { desk } = opened;
  const call = { ...servedParts(db, of, language), record, desk };
  return { call, desk, organizationId };
}

describe('find_appointments', () => {
  it('reads a spelled address back once, and then looks it up', async () => {
    const { call } = await openCall();
    const tool = findAppointments(call);
    const email = 'm a r y at the rate example dot com';
    const args = { email, detail: null, mail_code: null };
    expect(await tool.run(args, undefined)).toEqual({
      status: 'question',
      message: 'I have mary@example.com as the e-mail address. Is that right?',
    });
    const next = { status: 'question', message: expect.stringContaining('which day') };
    expect(await tool.run(args, undefined)).toMatchObject(next);
    expect(await tool.run({ ...args, email: 'mary@example.com' }, undefined)).toMatchObject(next);
  });

  it('asks about an address that can be read in two ways', async () => {
    const { call } = await openCall();
    const email = 'j o h n oh seven at example dot com';
    expect(
      await findAppointments(call).run({ email, detail: null, mail_code: null }, undefined),
    ).toMatchObject({
      status: 'question',
      message: expect.stringMatching(/johno7@example.com or john07@example.com/),
    });
  });
});

describe('take_message', () => {
  it('reads a number that was said in words back, and then writes it down', async () => {
    const { call, organizationId } = await openCall('de');
    const tool = takeMessage(call);
    const said = 'plus vier neun, dreißig, neun null eins, acht zwo null';
    const message = { name: 'Mary', callback_number: said, message: 'Please call back.' };
    expect(await tool.run(message, undefined)).toEqual({
      status: 'question',
      message: 'Ich habe +4930901820 als Nummer für den Rückruf. Ist das richtig?',
    });
    const digits = { ...message, callback_number: '+4930901820' };
    expect(await tool.run(digits, undefined)).toMatchObject({ status: 'taken' });
    const taken = await database.db
      .selectFrom('messagesTaken')
      .select('callbackNumber')
      .where('organizationId', '=', organizationId)
      .execute();
    expect(taken).toEqual([{ callbackNumber: '+4930901820' }]);
  });
});
