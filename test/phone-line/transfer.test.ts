import { afterAll, afterEach, beforeAll, describe, expect, inject, it } from 'vitest';
import { startPhoneHost } from '../support/phone-host.ts';
import type { PhoneHost } from '../support/phone-host.ts';
import { useTestDatabase } from '../support/test-database.ts';
import { callTool, createScriptedMind, isCaller } from './script.ts';
import { call } from './telephone.ts';

const programs = inject('phonePrograms');
const NUMBER = '+12025550101';

describe.skipIf(!programs || !inject('livekitServer'))('a transfer to a person', () => {
  const { sipp = '', livekitSip = '' } = programs ?? {};
  const database = useTestDatabase();
  let host: PhoneHost;

  beforeAll(async () => {
    const mind = await createScriptedMind(() => (last) => {
      if (isCaller(last, /^\[keys: 0\]$/)) {
        return callTool('escalate_to_human', { reason: 'asked' }, 'I am putting you through.');
      }
      if (last?.type !== 'function_call_output') return null;
      if (/not_transferred/.test(last.output)) {
        const message = { name: null, callback_number: 'caller', message: 'Please call me back.' };
        return callTool('take_message', message);
      }
      return callTool('end_call', {}, 'Goodbye.');
    });
    host = await startPhoneHost({ database, livekitSip, mind });
    const { agentId } = await host.addNumber({ number: NUMBER });
    await database.db
      .updateTable('agents')
      .set({ transferTo: '+12025550188' })
      .where('id', '=', agentId)
      .execute();
  }, 120_000);
  afterAll(() => host?.[Symbol.asyncDispose]());
  afterEach(async () => {
    await host.untilQuiet();
    await database.db.deleteFrom('messagesTaken').execute();
  });

  const newestCall = () =>
    database.db.selectFrom('calls').selectAll().orderBy('startedAt', 'desc').executeTakeFirst();

  it('is asked for by REFER, and the call ends when the trunk took it', async () => {
    await using dialling = await call(host, { sipp, scenario: 'refer', dialled: NUMBER });
    await dialling.phone.audible();
    dialling.phone.press('0#');
    const refer = await dialling.received(({ startLine }) => startLine.startsWith('REFER'));
    expect(refer.text).toMatch(/^Refer-To: *<?tel:\+12025550188>?/im);
    await dialling.ended;
    await host.untilQuiet();
    const ended = await newestCall();
    if (ended?.outcome !== 'transferred') throw new Error(toldOfTransfers(host));
    expect(ended).toMatchObject({ outcome: 'transferred', endedBy: 'transfer' });
  }, 120_000);

  it('becomes a message where the trunk refuses it', async () => {
    await using dialling = await call(host, { sipp, scenario: 'refer-refused', dialled: NUMBER });
    await dialling.phone.audible();
    dialling.phone.press('0#');
    await dialling.ended;
    await host.untilQuiet();
    expect(await newestCall()).toMatchObject({ outcome: 'message_taken' });
    const messages = await database.db.selectFrom('messagesTaken').selectAll().execute();
    expect(messages).toMatchObject([
      { callbackNumber: '+12025550177', text: 'Please call me back.', handledAt: null },
    ]);
  }, 120_000);
});

/** What the worker and LiveKit SIP logged of transfers: failed once in twenty runs on a busy machine. */
function toldOfTransfers({ worker, sip }: PhoneHost): string {
  return [...worker.log, ...sip.log]
    .map((line) => JSON.stringify(line))
    .filter((line) => /transfer|refer|notify/i.test(line))
    .join('\n');
}
