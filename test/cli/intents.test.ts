import { beforeAll, describe, expect, it } from 'vitest';
import { bookThroughLedger } from '../../booking/ledger/book-intent.ts';
import { CalendarUnreachableError, OutcomeUnknownError } from '../../calendar/calendar-error.ts';
import { findIntent } from '../../db/intents/intents.ts';
import { writeIntentState } from '../../db/intents/intent-states.ts';
import { listManagedIntents } from '../../db/intents/list-intents.ts';
import { useTestDatabase } from '../support/test-database.ts';
import { entry, openLedgerCall, CLOCK } from '../booking/ledger/ledger-call.ts';
import type { LedgerCall } from '../booking/ledger/ledger-call.ts';
import { createCommandLine } from './slotline.ts';

const database = useTestDatabase({ clock: CLOCK });
const slotline = createCommandLine(() => database.url);
slotline.now = CLOCK.now;
let call: LedgerCall;
/** Two that nobody knows the end of; the second wants an operator. */
let unknown: string;
let attention: string;

beforeAll(async () => {
  call = await openLedgerCall(database.db, {
    change: () => ({
      book: () => Promise.reject(new OutcomeUnknownError('No answer.')),
      findBookings: () => Promise.reject(new CalendarUnreachableError('Down.')),
    }),
  });
  const { organizationId } = call.tenant;
  for (const slot of call.free.slice(0, 2)) await bookThroughLedger(call.context, entry(slot));
  const [first, second] = await listManagedIntents(database.db, { organizationId, limit: 9 });
  unknown = first?.id ?? '';
  attention = second?.id ?? '';
  const end = { state: 'attention', reason: 'The calendar does not say.' } as const;
  await writeIntentState(database.db, { organizationId, id: attention }, end);
});

describe('slotline intents list', () => {
  it('shows what wants an operator first, and nobody by name', async () => {
    const { exitCode, output, json } = await slotline.runAsProcess('intents', 'list', '--json');
    expect(exitCode).toBe(0);
    expect(json).toMatchObject([
      { id: attention, state: 'attention', reason: 'The calendar does not say.' },
      { id: unknown, state: 'unknown', kind: 'book' },
    ]);
    expect(output).not.toContain('Smith');
    const table = await slotline.run('intents', 'list', '--show-personal');
    expect(table.output).toMatch(/^attention +book +Appointment .*Mary Smith/m);
  });

  it('lists one state when it is named, and refuses one that does not exist', async () => {
    const none = await slotline.run('intents', 'list', '--state', 'confirmed');
    expect(none.output).toBe('Everything is settled.\n');
    const wrong = await slotline.run('intents', 'list', '--state', 'lost');
    expect(wrong.exitCode).toBe(2);
    expect(wrong.errors).toMatch(/^--state: must be one of requested, claimed/);
  });
});

describe('slotline intents settle', () => {
  it('writes what the operator saw, and queues the message to the attendee', async () => {
    const settle = ['intents', 'settle', attention, '--outcome', 'did-not-happen'];
    const { exitCode, output } = await slotline.runAsProcess(...settle, '--reason', 'Not there');
    expect(exitCode).toBe(0);
    expect(output).toBe('The intent is refused. The attendee gets a message.\n');
    const messages = await database.db.selectFrom('outboxMessages').select(['kind']).execute();
    expect(messages).toEqual([{ kind: 'settled_not_booked' }]);
    const list = await slotline.run('intents', 'list', '--json');
    expect(list.json).toMatchObject([{ id: unknown }]);
  });

  it('settles once', async () => {
    const settle = ['intents', 'settle', attention, '--outcome', 'happened', '--reason', 'Again'];
    const { exitCode, errors } = await slotline.run(...settle);
    expect(exitCode).toBe(2);
    expect(errors).toMatch(/^<id>: The intent is "refused"/);
  });

  it.each([
    [['--reason', 'Seen'], '--outcome', 'as you see it in the calendar'],
    [['--outcome', 'happened'], '--reason', 'say how you know'],
  ])('refuses %j and names the field', async (given, field, words) => {
    const { exitCode, json } = await slotline.run('intents', 'settle', unknown, ...given, '--json');
    expect(exitCode).toBe(2);
    expect(json).toMatchObject({ error: { field, message: expect.stringContaining(words) } });
  });

  it('asks which booking it is, when the calendar has none of it', async () => {
    const settle = ['intents', 'settle', unknown, '--outcome', 'happened', '--reason', 'Seen'];
    const { exitCode, errors } = await slotline.run(...settle);
    expect(exitCode).toBe(2);
    expect(errors).toMatch(/^--reference: is missing: say which booking it is/);
  });

  it('keeps the reference of what it finds in the calendar', async () => {
    const { db } = database;
    const { organizationId } = call.tenant;
    const intent = await findIntent(db, { organizationId, id: unknown });
    if (!intent) throw new Error('There is no intent.');
    const { startAt, endAt, attendee, idempotencyKey: key } = intent;
    const slot = { start: startAt, end: endAt };
    const { reference } = await call.calendar.book({
      slot,
      attendee,
      key,
      notes: null,
      answers: {},
    });
    const settle = ['intents', 'settle', unknown, '--outcome', 'happened', '--reason', 'Seen'];
    expect(await slotline.run(...settle)).toMatchObject({ exitCode: 0 });
    expect(await findIntent(db, { organizationId, id: unknown })).toMatchObject({
      state: 'confirmed',
      reference,
    });
  });
});
