import { describe, expect, it } from 'vitest';
import { NO_LINE } from '../../../calls/line-numbers.ts';
import type { LineNumbers } from '../../../calls/line-numbers.ts';
import { MessagePad } from '../../../booking/desk/message-pad.ts';
import { insertCall } from '../../../db/calls/calls.ts';
import { listMessagesTaken } from '../../../db/messages/messages-taken.ts';
import { insertTenant } from '../../support/tenants.ts';
import { useTestDatabase } from '../../support/test-database.ts';
import { speaking } from '../../support/speaking.ts';

describe('a message taken', () => {
  const database = useTestDatabase();
  const LINE = { caller: '+12125550123', dialled: '+12125550100' };

  const openPad = async (line: LineNumbers = LINE) => {
    const { db } = database;
    const { organizationId, agentId } = await insertTenant(db);
    const callId = await insertCall(db, {
      organizationId,
      agentId,
      roomName: 'test',
      line: 'phone',
    });
    const pad = new MessagePad({
      db,
      organizationId,
      agentId,
      callId,
      numbers: line,
      language: speaking('en'),
    });
    return { pad, list: () => listMessagesTaken(db, { organizationId, limit: 10 }) };
  };

  it('is written down with the number that the caller left', async () => {
    const { pad, list } = await openPad();
    const answer = await pad.take({
      name: ' Mary Smith ',
      callbackNumber: '(646) 555-0199',
      text: 'Please call me.',
    });
    expect(answer.status).toBe('taken');
    expect(await list()).toMatchObject([
      { callerName: 'Mary Smith', callbackNumber: '+16465550199', text: 'Please call me.' },
    ]);
    expect(pad.taken).toBe(1);
  });

  it.each(['caller', null])('has the number of the line for %s', async (callbackNumber) => {
    const { pad, list } = await openPad();
    await pad.take({ name: null, callbackNumber, text: 'Hello.' });
    expect(await list()).toMatchObject([{ callerName: null, callbackNumber: LINE.caller }]);
  });

  it('needs no number where none is known', async () => {
    const { pad, list } = await openPad(NO_LINE);
    await pad.take({ name: null, callbackNumber: null, text: 'Hello.' });
    expect(await list()).toMatchObject([{ callbackNumber: null }]);
  });

  it.each([
    ['is empty', { name: null, callbackNumber: null, text: '  ' }],
    ['has a number that cannot be', { name: null, callbackNumber: '+1999', text: 'Hello.' }],
  ])('is refused when it %s', async (_, request) => {
    const { pad, list } = await openPad();
    await expect(pad.take(request)).rejects.toThrow(/[Aa]sk the caller/);
    expect(await list()).toEqual([]);
    expect(pad.taken).toBe(0);
  });

  it('is cut between characters, and turns nothing that stands behind it', async () => {
    const { pad, list } = await openPad();
    const text = `\u202e${'x'.repeat(999)}\u{1f600}`;
    await pad.take({ name: '\u202eMary\u200b Smith\u2069', callbackNumber: null, text });
    expect(await list()).toMatchObject([{ callerName: 'Mary Smith', text: 'x'.repeat(999) }]);
  });

  it('has the number as it is called, however the caller gives it', async () => {
    const { pad, list } = await openPad();
    await pad.take({ name: null, callbackNumber: '+44 (0)20 7946 0123', text: 'Hello.' });
    expect(await list()).toMatchObject([{ callbackNumber: '+442079460123' }]);
  });

  it('is cut where it is endless, and is one of three in a call', async () => {
    const { pad, list } = await openPad();
    const request = { name: 'n'.repeat(500), callbackNumber: null, text: 'x'.repeat(5_000) };
    for (let count = 0; count < 3; count += 1) await pad.take(request);
    await expect(pad.take(request)).rejects.toThrow(/No more messages/);
    const messages = await list();
    expect(messages).toHaveLength(3);
    expect(messages[0]?.text).toHaveLength(1_000);
    expect(messages[0]?.callerName).toHaveLength(100);
  });
});
