import { describe, expect, it } from 'vitest';
import {
  CalendarUnreachableError,
  SlotUnavailableError,
} from '../../../calendar/calendar-error.ts';
import { readSentence } from '../../../booking/truth/claims.ts';
import type { CallFacts } from '../../../booking/truth/facts.ts';
import { judge } from '../../../booking/truth/judge.ts';
import { lexiconFor } from '../../../booking/truth/lexicon/lexicon.ts';
import { changed } from '../ledger/ledger-call.ts';
import { insertTenant } from '../../support/tenants.ts';
import { clockFrom } from '../../support/test-clock.ts';
import { useTestDatabase } from '../../support/test-database.ts';
import { MARY, openTestDesk, SOON } from '../../support/test-desk.ts';

/** A Monday, 9:00 in New York. */
const CLOCK = clockFrom('2026-11-23T14:00:00Z');

describe('a time that somebody else was faster to have', () => {
  const database = useTestDatabase({ maxConnections: 5, clock: CLOCK });

  it('is not called free by what was read before, and others are offered', async () => {
    const tenant = await insertTenant(database.db);
    const first = await openTestDesk(database.db, { clock: CLOCK, tenant });
    const second = await openTestDesk(database.db, { clock: CLOCK, tenant });
    second.desk.prefetch();
    await second.desk.findTimes({ ...SOON, when: 'on Friday' });
    await first.desk.findTimes({ ...SOON, when: 'on Tuesday' });
    const [wanted] = first.desk.offer?.slots ?? [];
    if (!wanted) throw new Error('Nothing is free.');
    await first.desk.changes.schedule({ slotId: wanted.id, ...MARY });
    const answer = await second.desk.findTimes({ ...SOON, when: wanted.label });
    if (answer.status !== 'none') throw new Error(JSON.stringify(answer));
    expect(answer.message).toMatch(/^Nothing is free for /);
    expect(answer.slots.length).toBeGreaterThan(0);
    expect(answer.slots.map(({ label }) => label)).not.toContain(wanted.label);
  });

  it('is not offered again, though the provider lists it still', async () => {
    const { desk } = await openTestDesk(database.db, {
      clock: CLOCK,
      change: (calendar) =>
        changed(calendar, () => ({
          book: () => Promise.reject(new SlotUnavailableError('Taken.')),
        })),
    });
    await desk.findTimes({ ...SOON, when: 'on Tuesday' });
    const [wanted] = desk.offer?.slots ?? [];
    if (!wanted) throw new Error('Nothing is free.');
    const taken = await desk.changes.schedule({ slotId: wanted.id, ...MARY });
    if (taken.status !== 'taken') throw new Error(taken.status);
    expect(taken.slots.length).toBeGreaterThan(0);
    expect(taken.slots.map(({ label }) => label)).not.toContain(wanted.label);
    expect(await desk.findTimes({ ...SOON, when: wanted.label })).toMatchObject({ status: 'none' });
  });

  it('is neither shown, chosen nor free, though nothing else can be looked for', async () => {
    let isDown = false;
    const { desk } = await openTestDesk(database.db, {
      clock: CLOCK,
      change: (calendar) =>
        changed(calendar, () => ({
          listSlots: (...range) =>
            isDown
              ? Promise.reject(new CalendarUnreachableError('Away.'))
              : calendar.listSlots(...range),
          book: () => {
            isDown = true;
            return Promise.reject(new SlotUnavailableError('Taken.'));
          },
        })),
    });
    await desk.findTimes({ ...SOON, when: 'on Tuesday' });
    const [wanted, ...others] = desk.offer?.slots ?? [];
    if (!wanted) throw new Error('Nothing is free.');
    expect(others.length).toBeGreaterThan(0);
    desk.choose(wanted.id);
    const taken = await desk.changes.schedule({ slotId: wanted.id, ...MARY });
    expect(taken).toMatchObject({ status: 'taken', slots: [] });
    expect(desk.offer).toMatchObject({ message: expect.stringContaining(wanted.label) });
    expect(desk.offer?.slots.map(({ id, isChosen }) => [id, isChosen])).toEqual(
      others.map(({ id }) => [id, false]),
    );
    const { lost, offered } = desk.facts;
    expect(lost).toEqual([new Date(wanted.start)]);
    expect(offered).toEqual(others.map(({ start }) => new Date(start)));
    const facts: CallFacts = {
      ...desk.facts,
      now: CLOCK.now(),
      timeZone: 'America/New_York',
      business: [],
      businessLanguage: 'en',
      informed: [],
      caller: [wanted.label],
    };
    const lexicon = lexiconFor('en');
    const verdict = (text: string) => judge(text, readSentence(text, lexicon), facts, ['en']);
    expect(verdict(`${wanted.label} is free.`)).toMatchObject({ is: 'false', why: 'not-offered' });
    expect(verdict(`${others[0]?.label} is free.`)).toEqual({ is: 'true' });
    expect(verdict(taken.status === 'taken' ? taken.message : '').is).not.toBe('false');
  });
});
