import { beforeAll, describe, expect, it } from 'vitest';
import { bookThroughLedger } from '../../booking/ledger/book-intent.ts';
import { useTestDatabase } from '../support/test-database.ts';
import { entry, MARY, openLedgerCall, pick, CLOCK } from '../booking/ledger/ledger-call.ts';
import type { LedgerCall } from '../booking/ledger/ledger-call.ts';
import { createCommandLine } from './slotline.ts';

const database = useTestDatabase({ clock: CLOCK });
const slotline = createCommandLine(() => database.url);
slotline.now = CLOCK.now;
let call: LedgerCall;
const ids: string[] = [];

beforeAll(async () => {
  call = await openLedgerCall(database.db);
  for (const slot of call.free.slice(0, 3)) {
    const booked = await bookThroughLedger(call.context, entry(slot));
    if (booked.state !== 'confirmed') throw new Error(`The booking is ${booked.state}.`);
    ids.push(booked.appointmentId);
    slotline.canaries.add(booked.booking.reference);
  }
});

describe('slotline appointments list', () => {
  it('shows nobody, unless it is asked to', async () => {
    const masked = await slotline.runAsProcess('appointments', 'list', '--from', '2026-01-01');
    expect(masked.exitCode).toBe(0);
    expect(masked.output).toMatch(/M… +m…@… /);
    for (const personal of ['Mary', 'Smith', 'example.com']) {
      expect(masked.output).not.toContain(personal);
    }
    const asJson = await slotline.run('appointments', 'list', '--json');
    expect(asJson.output).not.toContain('Smith');
    const shown = await slotline.run('appointments', 'list', '--show-personal');
    expect(shown.output).toContain(MARY.name);
    expect(shown.output).toContain(MARY.email);
  });

  it('lists what is to come in order, and filters', async () => {
    const { json } = await slotline.run('appointments', 'list', '--json');
    expect(json).toMatchObject(ids.map((id) => ({ id, status: 'confirmed' })));
    const limited = await slotline.run('appointments', 'list', '--limit', '1', '--json');
    expect(limited.json).toHaveLength(1);
    const past = await slotline.run('appointments', 'list', '--to', '2026-11-01', '--json');
    expect(past.json).toEqual([]);
    const mine = ['--agent', call.tenant.slug, '--calendar', 'Test calendar'];
    const filtered = await slotline.run('appointments', 'list', ...mine, '--json');
    expect(filtered.json).toHaveLength(3);
  });

  it('refuses a filter that names nothing', async () => {
    const agent = await slotline.run('appointments', 'list', '--agent', 'nobody');
    expect(agent).toMatchObject({ exitCode: 2, output: '' });
    expect(agent.errors).toMatch(/^--agent: There is no agent "nobody"\./);
    const date = await slotline.run('appointments', 'list', '--from', 'tomorrow');
    expect(date.exitCode).toBe(2);
    expect(date.errors).toContain('2026-11-24');
  });

  it('prints nothing that would steer the terminal', async () => {
    const eve = { name: 'Eve\u001B[2J\u202E Evil' };
    await bookThroughLedger(call.context, entry(pick(call.free, 5), eve));
    const { output } = await slotline.run('appointments', 'list', '--show-personal');
    expect(output).toContain('Eve [2J  Evil');
    expect(output).not.toContain('\u001B');
  });
});

describe('slotline appointments cancel', () => {
  it('cancels at the provider, through the ledger, with the reason', async () => {
    const [id = ''] = ids;
    const cancel = ['appointments', 'cancel', id, '--reason', 'The doctor is ill'];
    const { exitCode, output, errors } = await slotline.runAsProcess(...cancel);
    expect({ exitCode, output, errors }).toEqual({
      exitCode: 0,
      output: 'The appointment is cancelled.\n',
      errors: '',
    });
    const found = await call.calendar.findBookings({ email: MARY.email ?? '' });
    expect(found.filter(({ status }) => status === 'cancelled')).toHaveLength(1);
    const listed = await slotline.run('appointments', 'list', '--status', 'cancelled', '--json');
    expect(listed.json).toMatchObject([{ id, status: 'cancelled' }]);
    const intents = await slotline.run('intents', 'list', '--state', 'confirmed', '--json');
    expect(intents.json).toContainEqual(
      expect.objectContaining({ kind: 'cancel', appointmentId: id, agentSlug: null }),
    );
  });

  it('cancels once, however often it is asked to', async () => {
    const [id = ''] = ids;
    const cancel = ['appointments', 'cancel', id, '--reason', 'The doctor is ill', '--json'];
    expect(await slotline.run(...cancel)).toMatchObject({
      exitCode: 0,
      json: { state: 'cancelled' },
    });
  });

  it.each([
    [['not-an-id', '--reason', 'Ill'], '<id>', 'appointments list'],
    [['5c0e6b1e-0000-4000-8000-000000000000', '--reason', 'Ill'], '<id>', 'no such appointment'],
    [['5c0e6b1e-0000-4000-8000-000000000000'], '--reason', 'is missing: the attendee is told it'],
  ])('refuses %j and names the field', async (given, field, words) => {
    const { exitCode, json } = await slotline.run('appointments', 'cancel', ...given, '--json');
    expect(exitCode).toBe(2);
    expect(json).toMatchObject({ error: { field, message: expect.stringContaining(words) } });
  });
});
