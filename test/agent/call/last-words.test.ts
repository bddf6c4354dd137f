import { pino } from 'pino';
import { describe, expect, it, vi } from 'vitest';
import { sayLastWords } from '../../../agent/call/last-words.ts';
import type { LastWordsOptions } from '../../../agent/call/last-words.ts';
import { MessagePad } from '../../../booking/desk/message-pad.ts';
import { insertCall } from '../../../db/calls/calls.ts';
import { insertTenant } from '../../support/tenants.ts';
import { useTestDatabase } from '../../support/test-database.ts';
import { speaking } from '../../support/speaking.ts';

const CALLER = '+12125550123';

describe('who is on the line when the model fails', () => {
  const database = useTestDatabase();

  async function lastWords(
    options: Partial<LastWordsOptions> & { caller?: string | null; status?: string } = {},
  ): Promise<{ said: string[]; messages: MessagePad }> {
    const { caller = CALLER, status, ...given } = options;
    const { organizationId, agentId } = await insertTenant(database.db);
    const ofAgent = { organizationId, agentId };
    const row = { ...ofAgent, roomName: `room-${agentId}`, line: 'web' } as const;
    const callId = await insertCall(database.db, row);
    const numbers = { caller, dialled: null };
    const language = speaking('en');
    const messages = new MessagePad({ db: database.db, ...ofAgent, callId, numbers, language });
    const desk = (status ? { appointment: { status } } : null) as LastWordsOptions['call']['desk'];
    const said: string[] = [];
    await sayLastWords({
      call: { desk, messages, numbers, logger: pino({ level: 'silent' }) },
      isChanging: false,
      transfer: null,
      say: async (sentence) => void said.push(sentence),
      ...given,
    });
    return { said, messages };
  }

  it('is put through where there is somebody', async () => {
    const transfer = { run: vi.fn<() => Promise<boolean>>().mockResolvedValue(true) };
    const { said, messages } = await lastWords({ transfer });
    expect(said).toEqual(['putting-through']);
    expect(transfer.run).toHaveBeenCalledTimes(1);
    expect(messages.taken).toBe(0);
  });

  it('is in a message where nobody answers', async () => {
    const transfer = { run: () => Promise.resolve(false) };
    const { said, messages } = await lastWords({ transfer });
    expect(said).toEqual(['putting-through', 'message-taken']);
    expect(messages.taken).toBe(1);
  });

  it('is not said to be in a message where there is none', async () => {
    expect((await lastWords({ caller: null })).said).toEqual(['out-of-order']);
    const full = await lastWords();
    for (let more = 0; more < 2; more += 1) {
      await full.messages.take({ name: null, callbackNumber: null, text: 'Hello.' });
    }
    const call = {
      desk: null,
      messages: full.messages,
      numbers: { caller: CALLER, dialled: null },
      logger: pino({ level: 'silent' }),
    };
    expect((await lastWords({ call })).said).toEqual(['out-of-order']);
  });

  it.each([
    ['booked', 'change-stands'],
    ['rescheduled', 'change-stands'],
    ['cancelled', 'change-stands'],
    ['unconfirmed', 'change-open'],
    ['requested', 'message-taken'],
  ])('hears what became of a change that is %s', async (status, sentence) => {
    expect((await lastWords({ status })).said).toEqual([sentence]);
  });

  it('hears that a change under way may not have worked, and is not put through', async () => {
    const transfer = { run: () => Promise.reject(new Error('not now')) };
    expect((await lastWords({ isChanging: true, transfer })).said).toEqual(['change-open']);
  });
});
