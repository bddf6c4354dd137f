import { afterEach, expect, it } from 'vitest';
import type {
  Conversation,
  Reply,
} from '../../../rehearsal/simulators/openai-realtime/mind/mind.ts';
import { SpokenCall } from '../../support/spoken-call.ts';
import type { SpokenCallOptions } from '../../support/spoken-call.ts';
import { insertTenant } from '../../support/tenants.ts';
import { useTestDatabase } from '../../support/test-database.ts';

const database = useTestDatabase();
const LIE = "Let me see. You're booked for Friday at 9 PM. Anything else?";
/** What the model was given for each of its answers. */
let asked: Conversation[] = [];
let open: SpokenCall | null = null;

afterEach(async () => {
  await open?.close();
  open = null;
  asked = [];
});

async function talk(
  reply: (conversation: Conversation) => Reply | string,
  options: Partial<SpokenCallOptions> = {},
): Promise<SpokenCall> {
  // What it says of itself has tests of its own.
  const { agentId } = await insertTenant(database.db, { agent: { disclosesAi: false } });
  open = await SpokenCall.open(database.db, {
    agentId,
    dialogue: {
      reply: (conversation) => {
        asked.push(conversation);
        const said = reply(conversation);
        return typeof said === 'string' ? { say: said, calls: [] } : said;
      },
    },
    ...options,
  });
  return open;
}

const isTurn = ({ items }: Conversation): boolean => {
  const last = items.at(-1);
  return last?.type === 'message' && last.role === 'user';
};

const marksOf = (call: SpokenCall) =>
  database.db
    .selectFrom('callMarks')
    .select(['kind', 'details', 'words'])
    .where('callId', '=', call.call.id)
    .where('kind', 'like', 'truth.%')
    .execute();

it('ends a message before what is false, and has the truth said instead', async () => {
  const call = await talk((conversation) =>
    isTurn(conversation) ? LIE : 'Pardon me, which day would suit you?',
  );
  call.say('book me in');
  await call.hears('suit you?');
  expect(call.heard()).toMatch(/^Let me see\. (?:You're )?Pardon me, which day would suit you\?$/);
  const told = asked.at(-1)?.items ?? [];
  expect(JSON.stringify(told)).not.toMatch(/Friday|booked for/);
  expect(told.at(-1)).toMatchObject({ role: 'system' });
  expect(JSON.stringify(told.at(-1))).toMatch(/Nothing has been booked/);
  await call.close();
  open = null;
  const turns = await database.db
    .selectFrom('callTurns')
    .select(['role', 'text'])
    .where('callId', '=', call.call.id)
    .orderBy('id')
    .execute();
  expect(turns).toEqual([
    { role: 'caller', text: 'book me in' },
    { role: 'agent', text: expect.stringMatching(/^Let me see\.(?: You're)?$/) },
    { role: 'agent', text: 'Pardon me, which day would suit you?' },
  ]);
  expect(await marksOf(call)).toEqual([
    {
      kind: 'truth.stopped',
      details: { why: 'not-booked' },
      words: "You're booked for Friday at 9 PM.",
    },
  ]);
});

it('takes back aloud what was heard because its sound came before its words', async () => {
  const call = await talk(
    (conversation) => (isTurn(conversation) ? LIE : 'I am sorry, that is not so.'),
    { transcriptLead: -60_000, pace: 66 },
  );
  call.say('book me in');
  await call.hears('that is not so.');
  expect(asked.at(-1)?.responseInstructions).toMatch(/correct it/);
  expect(await marksOf(call)).toMatchObject([{ kind: 'truth.corrected' }]);
  expect(call.conversation.truth.counts).toMatchObject({ stopped: 0, corrected: 1 });
});

it('gives a model that lies on the very words, and gives it up when nothing helps', async () => {
  const call = await talk(() => "You're booked, believe me.");
  call.say('book me in');
  expect(await call.ended).toMatchObject({
    reason: 'The model failed: It says again and again what is not true.',
    failed: true,
    isMute: true,
  });
  const exact = asked.filter(({ responseInstructions }) =>
    responseInstructions?.includes('"Nothing is booked yet. Which day and time would suit you?"'),
  );
  expect(exact).toHaveLength(3);
  expect(call.heard()).not.toMatch(/booked/);
});

it('goes on with a model that comes to the truth when it is told the words', async () => {
  let lies = 2;
  const call = await talk(({ responseInstructions }) => {
    lies -= 1;
    const exact = /word for word: "(.*)"/u.exec(responseInstructions ?? '')?.[1];
    return lies >= 0 ? "You're booked, believe me." : (exact ?? 'Pardon?');
  });
  call.say('book me in');
  await call.hears('Nothing is booked yet. Which day and time would suit you?');
  expect(call.conversation.truth.counts).toMatchObject({ stopped: 2, corrected: 0 });
});

it('has a tool that was called after a false word answered, and no false word heard', async () => {
  const call = await talk((conversation) => {
    if (conversation.items.some(({ type }) => type === 'function_call_output')) {
      return 'Which of these would you like?';
    }
    const calls = [
      {
        name: 'list_available_slots',
        arguments: { when: null, range_days: null, duration_minutes: null },
      },
    ];
    return isTurn(conversation)
      ? { say: "One moment. You're booked.", calls }
      : { say: 'One moment, I look.', calls };
  });
  call.say('what is free');
  await call.hears('would you like?');
  expect(call.heard()).not.toMatch(/booked/);
});
