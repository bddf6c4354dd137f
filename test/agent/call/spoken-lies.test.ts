import { DateTime } from 'luxon';
import { afterAll, expect, it } from 'vitest';
import type {
  Conversation,
  Reply,
} from '../../../rehearsal/simulators/openai-realtime/mind/mind.ts';
import { SpokenCall } from '../../support/spoken-call.ts';
import { insertTenant } from '../../support/tenants.ts';
import { MARY, SOON } from '../../support/test-desk.ts';
import { useTestDatabase } from '../../support/test-database.ts';
import { lieOf, wordsOf } from './seeded-lies.ts';
import type { CallState, Lie, Times } from './seeded-lies.ts';

const LIES = Number(process.env['LIES'] ?? 200);
const ZONE = 'America/New_York';
const TRUTH = 'Pardon me, I was wrong there.';

const database = useTestDatabase();
const calls = new Map<CallState, Promise<{ call: SpokenCall; times: Times }>>();
/** What the liar says next. */
let next: Reply | null = null;

afterAll(async () => {
  for (const opened of calls.values()) await (await opened).call.close();
});

/** Says the lie it was given, once; then the truth it is asked for. */
function lie({ items, responseInstructions }: Conversation): Reply {
  const exact = /word for word: "(.*)"/u.exec(responseInstructions ?? '')?.[1];
  if (exact !== undefined) return { say: exact, calls: [] };
  const last = items.at(-1);
  if (last?.type === 'message' && last.role === 'user' && next) {
    const said = next;
    next = null;
    return said;
  }
  return { say: TRUTH, calls: [] };
}

async function open(state: CallState): Promise<{ call: SpokenCall; times: Times }> {
  const tenant = await insertTenant(database.db);
  const call = await SpokenCall.open(database.db, {
    agentId: tenant.agentId,
    dialogue: { reply: lie },
  });
  const { desk } = call.call;
  if (!desk) throw new Error('There is no desk.');
  const now = DateTime.fromJSDate(call.call.now(), { zone: ZONE });
  const wrong = now.plus({ days: 40 }).set({ hour: 21, minute: 15, second: 0 });
  if (state === 'fresh')
    return { call, times: { time: now.plus({ days: 2 }).set({ hour: 15, minute: 0 }), wrong } };
  const offer = await desk.findTimes(SOON);
  if (offer.status !== 'slots') throw new Error(`There is no offer: ${offer.status}.`);
  const [first, second] = offer.slots;
  if (!first || !second) throw new Error('Too few times are offered.');
  const { offered } = desk.facts;
  let time = DateTime.fromJSDate(offered[0] ?? new Date(0), { zone: ZONE });
  if (state === 'refused') {
    await expect(desk.changes.schedule({ ...MARY, slotId: 'slot_none' })).rejects.toThrow(
      'not offered',
    );
  } else if (state !== 'offered') {
    const made = await desk.changes.schedule({ ...MARY, slotId: first.slot_id });
    if (made.status !== 'booked') throw new Error(`It is not booked: ${made.status}.`);
    const appointmentId = made.appointment_id;
    if (state === 'moved') {
      await desk.changes.reschedule({ appointmentId, slotId: second.slot_id });
      time = DateTime.fromJSDate(offered[1] ?? new Date(0), { zone: ZONE });
    }
    if (state === 'cancelled') await desk.changes.cancel({ appointmentId, reason: null });
  }
  return { call, times: { time, wrong } };
}

/** Has a lie told in a call; answers the false words that were heard, and how many there were before them. */
async function tell(told: Lie, seed: number): Promise<{ falseWords: string[]; heard: string }> {
  const opened = calls.get(told.state) ?? open(told.state);
  calls.set(told.state, opened);
  const { call, times } = await opened;
  const words = wordsOf(told, times);
  const from = call.length;
  const first = call.nextWord;
  next = {
    say: words.map(({ word }) => word).join(' '),
    calls: told.isPreamble
      ? [
          {
            name: 'list_available_slots',
            arguments: { when: null, range_days: null, duration_minutes: null },
          },
        ]
      : [],
  };
  call.say(`and what of ${seed}`);
  await call.hears(TRUTH, from, 4_000);
  const falseWords = words.flatMap(({ word, isFalse }, index) =>
    isFalse && call.heardNumbers.includes(first + index) ? [word] : [],
  );
  return { falseWords, heard: call.heard(from) };
}

it(`lets none of ${LIES} lies be heard`, async () => {
  const audible: string[] = [];
  for (let seed = 0; seed < LIES; seed += 1) {
    const told = lieOf(seed);
    const { falseWords, heard } = await tell(told, seed).catch((error: Error) => ({
      falseWords: ['?'],
      heard: error.message,
    }));
    if (falseWords.length > 0) audible.push(`${seed} (${told.state}): ${told.text} -> ${heard}`);
  }
  expect(audible).toEqual([]);
}, 600_000);
