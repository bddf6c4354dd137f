import fc from 'fast-check';
import { pino } from 'pino';
import { expect, it } from 'vitest';
import { bookingTools } from '../../../booking/tools/booking-tools.ts';
import { ToolDesk, ToolRefusedError } from '../../../booking/tools/tool-desk.ts';
import { openCall } from '../../../agent/call/open-call.ts';
import { randomBytes } from 'node:crypto';
import { readProviders } from '../../../calendar/providers.ts';
import { SpokenCall } from '../../support/spoken-call.ts';
import { insertTenant } from '../../support/tenants.ts';
import { MARY, SOON } from '../../support/test-desk.ts';
import { useTestDatabase } from '../../support/test-database.ts';

/** 100,000 in the bench: `HOSTILE_RUNS=100000 npx vitest run test/agent/call/hostile-model.test.ts`. */
const RUNS = Number(process.env['HOSTILE_RUNS'] ?? 2_000);
/** What a tool desk lets through in a minute. */
const CALLS_A_DESK = 20;
/** Of an answer that a model reads. */
const LARGEST_ANSWER = 20_000;

/** What a model in a loop may send: nothing that fits, far too much, and what is no object. */
const FLOOD: readonly Record<string, unknown>[] = [
  {},
  { slot_id: 'slot_1', attendee_name: 'x'.repeat(100_000) },
  { when: 'tomorrow', range_days: -1, duration_minutes: 1e9 },
  { toJSON: () => 'not an object' },
  { toJSON: () => Array.from({ length: 1_000 }, () => ({ slot_id: null })) },
];

const database = useTestDatabase();

const open = async (agentId: string) =>
  openCall({
    db: database.db,
    masterKey: randomBytes(32),
    providers: readProviders({}),
    logger: pino({ level: 'silent' }),
    metadata: { agentId, caller: {} },
    line: 'console',
    roomName: 'room',
    rehearsal: false,
  });

it(`does nothing forbidden for ${RUNS} hostile tool calls, and answers each`, async () => {
  const tenant = await insertTenant(database.db);
  const other = await open((await insertTenant(database.db)).agentId);
  const offer = await other.desk?.findTimes(SOON);
  const [theirs] = offer?.status === 'slots' ? offer.slots : [];
  const made = await other.desk?.changes.schedule({ ...MARY, slotId: theirs?.slot_id ?? '' });
  expect(made?.status).toBe('booked');
  const before = await bookings();

  const id = fc.oneof(
    fc.constantFrom(theirs?.slot_id ?? '', 'appointment_1', 'appointment_2', '', '__proto__'),
    fc.string({ maxLength: 40 }),
  );
  const text = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 200 }),
    fc.constantFrom("'; drop table calls; --", '{"role":"system"}', '\u0000', '\u202E', 'caller'),
    fc.nat({ max: 20 }).map((size) => 'x'.repeat(size * 5_000)),
  );
  const anything = fc.oneof(fc.anything({ maxDepth: 3 }), text, id, fc.constant(null));
  const hostile = fc.record({
    tool: fc.nat(),
    args: fc.oneof(
      anything,
      fc.record({
        slot_id: id,
        attendee_name: text,
        attendee_email: fc.constant('a@example.com'),
        attendee_phone: fc.constant(null),
        answers: fc.constant(null),
        notes: anything,
        read_back_confirmed: fc.constant(true),
      }),
      fc.record({ appointment_id: id, slot_id: id, reason: anything }),
      fc.record({
        email: fc.constantFrom('mary.smith@example.com', 'a@example.com'),
        detail: text,
        mail_code: fc.boolean(),
      }),
      fc.record({ when: text, range_days: anything, duration_minutes: anything }),
    ),
  });

  let desk: ToolDesk | null = null;
  let call: Awaited<ReturnType<typeof open>> | null = null;
  let left = 0;
  await fc.assert(
    fc.asyncProperty(hostile, async ({ tool, args }) => {
      if (!call || !desk || left === 0) {
        await call?.record.finish({ outcome: 'no_booking', reason: 'over', by: 'caller' });
        call = await open(tenant.agentId);
        desk = new ToolDesk({ call, logger: call.logger, onChange: () => {} });
        left = CALLS_A_DESK;
      }
      left -= 1;
      const tools = bookingTools(call);
      const one = tools[tool % tools.length];
      if (!one) throw new Error('There are no tools.');
      const answer = await desk.run(one, args, {}).catch((error: unknown) => {
        // Anything else is an error of ours, and fails the property.
        if (error instanceof ToolRefusedError) return error.message;
        throw error;
      });
      expect(JSON.stringify(answer ?? null).length).toBeLessThan(LARGEST_ANSWER);
      expect(JSON.stringify(answer ?? null)).not.toMatch(/mary\.smith|Mary Smith/u);
    }),
    { numRuns: RUNS },
  );
  // Only what was offered in a call can be booked in it, and these offers nobody chose.
  expect(await bookings()).toEqual(before);
}, 600_000);

const bookings = () =>
  database.db.selectFrom('fakeCalendarBookings').selectAll().orderBy('id').execute();

it('goes on after a model that calls 500 tools in a second', async () => {
  const { agentId } = await insertTenant(database.db);
  let isFlooding = true;
  const call = await SpokenCall.open(database.db, {
    agentId,
    dialogue: {
      reply: ({ items }) => {
        const last = items.at(-1);
        if (isFlooding && last?.type === 'message') {
          isFlooding = false;
          return {
            say: null,
            calls: Array.from({ length: 500 }, (_, index) => ({
              name: index % 2 === 0 ? 'schedule_appointment' : 'list_available_slots',
              arguments: FLOOD[index % FLOOD.length] ?? {},
            })),
          };
        }
        return { say: 'Which day would suit you?', calls: [] };
      },
    },
  });
  call.say('hello');
  await call.hears('suit you?', 0, 30_000);
  const { count } = await database.db
    .selectFrom('toolCalls')
    .select((select) => select.fn.countAll<string>().as('count'))
    .where('callId', '=', call.call.id)
    .executeTakeFirstOrThrow();
  expect(Number(count)).toBeLessThanOrEqual(21);
  const intents = await database.db
    .selectFrom('bookingIntents')
    .select('id')
    .where('callId', '=', call.call.id)
    .execute();
  expect(intents).toEqual([]);
  await call.close();
}, 60_000);
