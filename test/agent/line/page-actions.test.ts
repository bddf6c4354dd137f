import { RpcError } from '@livekit/rtc-node';
import type { LocalParticipant } from '@livekit/rtc-node';
import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { takePageActions } from '../../../agent/line/page-actions.ts';
import { writtenTime } from '../../../booking/times/written-time.ts';
import type { BookingDesk } from '../../../booking/desk/booking-desk.ts';
import type { PageAnswer } from '../../../calls/call-view.ts';
import { changed } from '../../booking/ledger/ledger-call.ts';
import { clockFrom } from '../../support/test-clock.ts';
import { useTestDatabase } from '../../support/test-database.ts';
import { MARY, openTestDesk, SOON } from '../../support/test-desk.ts';

/** A Monday, 9:00 in New York. */
const CLOCK = clockFrom('2026-11-23T14:00:00Z');

type Handler = Parameters<LocalParticipant['registerRpcMethod']>[1];

describe('what a visitor does on the page', () => {
  const database = useTestDatabase({ clock: CLOCK });
  let desk: BookingDesk;
  let handler: Handler | null;
  let said: unknown[];
  let events: string[];
  /** Ends what the calendar books. */
  let finish: () => void;
  let stop: () => void;

  beforeEach(async () => {
    const booked = Promise.withResolvers<void>();
    finish = booked.resolve;
    ({ desk } = await openTestDesk(database.db, {
      clock: CLOCK,
      change: (calendar) =>
        changed(calendar, () => ({
          book: async (request) => {
            await booked.promise;
            return calendar.book(request);
          },
        })),
    }));
    await desk.findTimes(SOON);
    [said, events, handler] = [[], [], null];
    stop = takePageActions({
      room: {
        localParticipant: {
          registerRpcMethod: (_method, registered) => {
            handler = registered;
          },
          unregisterRpcMethod: () => {
            handler = null;
          },
        },
      },
      desk,
      replies: {
        quiet: () => void events.push('quiet'),
        say: (reply) => void said.push(reply),
      },
      isCaller: (identity) => identity === 'visitor',
      onSign: () => void events.push('sign'),
      onChange: () => void events.push('change'),
      onFlood: () => void events.push('flood'),
    });
  });

  const send = async (payload: string, callerIdentity = 'visitor'): Promise<PageAnswer> => {
    if (!handler) throw new Error('Nobody listens.');
    const call = { callerIdentity, payload, requestId: '1', responseTimeout: 10_000 };
    return JSON.parse(await handler(call)) as PageAnswer;
  };
  const act = (action: unknown): Promise<PageAnswer> => send(JSON.stringify(action));
  const slots = () => desk.offer?.slots ?? [];
  const known = () =>
    Object.fromEntries(
      desk.callerDetails.map(({ field, value, state }) => [field, [value, state]]),
    );

  it('is a choice among the times on offer: it is marked, and the model says it', async () => {
    const [, second] = slots();
    expect(await act({ do: 'choose', slotId: second?.id })).toEqual({ status: 'done' });
    expect(slots().map(({ isChosen }) => isChosen)).toEqual(
      slots().map(({ id }) => id === second?.id),
    );
    expect(said).toEqual([
      { userInput: `[on the page: I choose ${second?.label} (slot_id ${second?.id})]` },
    ]);
    expect(events).toEqual(['sign', 'quiet', 'change']);
  });

  it('is told once, however often it is tapped, and the last choice counts', async () => {
    const [first, second] = slots();
    await act({ do: 'choose', slotId: first?.id });
    await act({ do: 'choose', slotId: first?.id });
    await act({ do: 'choose', slotId: second?.id });
    expect(said).toHaveLength(2);
    expect(slots().filter(({ isChosen }) => isChosen)).toMatchObject([{ id: second?.id }]);
  });

  it('is no choice of a time that is not on offer, never was, or is another call’s', async () => {
    const [first] = slots();
    const other = await openTestDesk(database.db, { clock: CLOCK });
    await other.desk.findTimes(SOON);
    const foreign = other.desk.offer?.slots[0]?.id;
    expect(foreign).not.toBe(first?.id);
    await desk.findTimes({ ...SOON, when: 'december 3 in the afternoon' });
    for (const slotId of ['slot_1', '', foreign, first?.id, '__proto__']) {
      expect(await act({ do: 'choose', slotId })).toEqual({ status: 'not-offered' });
    }
    expect(said).toEqual([]);
    // The page is shown what is.
    expect(new Set(events)).toEqual(new Set(['change']));
    expect(slots().some(({ isChosen }) => isChosen)).toBe(false);
  });

  it('is who they are, as they wrote it', async () => {
    await act({ do: 'give', name: ' Bee  Dee ', email: 'Bee@Example.com' });
    expect(known()).toEqual({ name: ['Bee Dee', 'typed'], email: ['bee@example.com', 'typed'] });
    expect(said).toEqual([
      { userInput: '[on the page: my name is Bee Dee and my e-mail is bee@example.com]' },
    ]);
    await act({ do: 'give', name: 'Bee Dee', email: 'bee@work.example' });
    expect(said.slice(1)).toEqual([{ userInput: '[on the page: my e-mail is bee@work.example]' }]);
  });

  it('is refused as a whole, and says what each field must be', async () => {
    const answer = await act({
      do: 'give',
      name: 'Mary \u0007 Smith',
      email: 'mary@',
      phone: '+12025550123',
    });
    expect(answer).toMatchObject({
      status: 'refused',
      problems: { name: /printable/, email: /e-mail address/ },
    });
    expect(known()).toEqual({ name: [null, null], email: [null, null] });
    expect([said, events]).toEqual([[], []]);
  });

  it('offers what was probably meant, and takes what is sent again', async () => {
    await act({ do: 'give', email: 'mary@gmail.con' });
    expect(desk.callerDetails[1]).toMatchObject({ likely: 'mary@gmail.com', state: 'typed' });
    expect(desk.details.typed.email).toBeNull();
    await act({ do: 'give', email: 'mary@gmail.con' });
    expect(desk.callerDetails[1]).toMatchObject({ likely: null });
    expect(desk.details.typed.email).toBe('mary@gmail.con');
  });

  it('is a yes to what is marked and written, and to nothing that is missing or in doubt', async () => {
    const [first] = slots();
    const book = { do: 'book', slotId: first?.id, name: 'Mary Smith', email: 'Mary@gmail.com ' };
    const slip = { ...book, email: 'mary@gmail.con' };
    desk.details.hear({ name: 'Mary Smith', email: 'mary@gmail.con' });
    expect(await act(slip)).toEqual({ status: 'not-offered' });
    await act({ do: 'choose', slotId: first?.id });
    expect(await act(slip)).toEqual({ status: 'not-offered' });
    desk.details.hear({ email: 'mary@gmail.com' });
    expect(await act(book)).toEqual({ status: 'done' });
    expect(said.slice(1)).toEqual([
      {
        userInput: `[on the page: Yes, book it: ${first?.label}, for Mary Smith, mary@gmail.com]`,
      },
    ]);
    expect(desk.details.typed).toMatchObject({ name: 'Mary Smith', email: 'mary@gmail.com' });
  });

  it.each([
    ['another time', { slotId: 'slot_other' }],
    ['another name', { name: 'Marie Smith' }],
    ['another address', { email: 'mary@work.example' }],
    ['no address', { email: undefined }],
    ['a number that the call does not know', { phone: '+12025550123' }],
    ['nothing at all', { slotId: 'slot_other', name: undefined, email: undefined }],
  ])('is no yes to what the visitor did not see: %s', async (_, seen) => {
    const [first] = slots();
    desk.choose(first?.id ?? '');
    const heard = { name: 'Mary Smith', email: 'mary@gmail.com' };
    desk.details.hear(heard);
    const book = { do: 'book', slotId: first?.id, ...heard };
    expect(await act({ ...book, ...seen })).toEqual({ status: 'not-offered' });
    expect([said, events]).toEqual([[], ['change']]);
    expect(known()).toEqual({
      name: ['Mary Smith', 'heard'],
      email: ['mary@gmail.com', 'heard'],
    });
    expect(await act(book)).toEqual({ status: 'done' });
  });

  it('is swallowed where that very time is being booked, and marks nothing as typed', async () => {
    const [first, second] = slots();
    desk.choose(first?.id ?? '');
    const { name, email } = MARY;
    desk.details.hear({ name, email });
    const booking = desk.changes.schedule({ slotId: first?.id ?? '', ...MARY });
    expect(await act({ do: 'book', slotId: first?.id, name, email })).toEqual({ status: 'done' });
    expect(said).toEqual([]);
    expect(desk.details.typed).toEqual({ name: null, email: null, phone: null });
    await act({ do: 'choose', slotId: second?.id });
    await act({ do: 'book', slotId: second?.id, name, email });
    expect(said).toMatchObject([
      { userInput: expect.stringContaining('I choose') },
      { userInput: expect.stringContaining(`Yes, book it: ${second?.label}`) },
    ]);
    finish();
    expect(await booking).toMatchObject({ status: 'booked' });
    expect(desk.changes.isBooking(first?.id ?? '')).toBe(false);
  });

  it.each([
    ['no JSON', '{'],
    ['no action', '7'],
    ['another action', '{"do":"cancel"}'],
    ['more than an action', '{"do":"choose","slotId":"a","appointment":"b"}'],
    ['another type', '{"do":"give","name":["Mary"]}'],
    ['a megabyte', JSON.stringify({ do: 'give', name: 'a'.repeat(1_000_000) })],
    ['a deep thing', `${'['.repeat(900)}${']'.repeat(900)}`],
  ])('counts for nothing where it is %s', async (_, payload) => {
    await expect(send(payload)).rejects.toThrow(RpcError);
    expect([said, events]).toEqual([[], []]);
  });

  it('counts only from the caller', async () => {
    const payload = JSON.stringify({ do: 'choose', slotId: slots()[0]?.id });
    await expect(send(payload, 'somebody')).rejects.toThrow(/Only the caller/);
    expect(said).toEqual([]);
  });

  it('is read 30 times a minute, and 500 in a second a few times over end the call', async () => {
    const [first, second] = slots();
    const flood = async (times: number) => {
      const sent = Array.from({ length: times }, (_, index) =>
        act({ do: 'choose', slotId: (index % 2 === 0 ? first : second)?.id }),
      );
      return (await Promise.allSettled(sent)).filter(({ status }) => status === 'fulfilled').length;
    };
    const began = performance.now();
    expect(await flood(500)).toBe(30);
    expect(performance.now() - began).toBeLessThan(2_000);
    expect(events).not.toContain('flood');
    expect(await flood(500)).toBe(0);
    expect(events).toContain('flood');
    expect(said).toHaveLength(30);
  });

  it('does nothing that was not offered, whatever is sent', async () => {
    const word = fc.oneof(fc.string(), fc.string({ unit: 'binary' }), fc.constant('slot_1'));
    const action = fc.oneof(
      fc.json(),
      fc
        .record(
          { do: fc.constantFrom('choose', 'give', 'book'), slotId: word, name: word, email: word },
          { requiredKeys: ['do'] },
        )
        .map((value) => JSON.stringify(value)),
      fc.record({ do: fc.constant('choose'), slotId: word }).map((value) => JSON.stringify(value)),
    );
    await fc.assert(
      fc.asyncProperty(action, async (payload) => {
        await send(payload).catch((error: unknown) => {
          if (!(error instanceof RpcError)) throw error;
        });
        expect(slots().some(({ isChosen }) => isChosen)).toBe(false);
      }),
      { numRuns: 300 },
    );
  });

  it('is not heard any more once the call ends', () => {
    stop();
    expect(handler).toBeNull();
  });
});

describe('a time as it is written', () => {
  const slot = { start: new Date('2027-01-05T19:30:00Z'), end: new Date('2027-01-05T20:00:00Z') };
  const timeZone = 'America/New_York';

  it.each([
    ['en', 'Tuesday, January 5, 2027', '2:30 PM', 'Eastern time'],
    ['de', 'Dienstag, 5. Januar 2027', '14:30', 'Nordamerikanische Ostküstenzeit'],
    ['es', 'martes, 5 de enero de 2027', '14:30', 'hora oriental'],
    ['fr', 'mardi 5 janvier 2027', '14:30', 'heure de l’Est nord-américain'],
  ] as const)('is in the language of the call: %s', (language, day, time, zone) => {
    expect(writtenTime(slot, { timeZone, language, now: CLOCK.now() })).toEqual({
      day,
      time,
      zone,
      minute: 870,
      start: '2027-01-05T19:30:00.000Z',
      end: '2027-01-05T20:00:00.000Z',
    });
  });

  it('has the minute of its own day, on either side of a change of the clocks', () => {
    const at = (start: string) => {
      const from = new Date(start);
      return writtenTime({ start: from, end: from }, { timeZone, language: 'en', now: CLOCK.now() })
        .minute;
    };
    expect([at('2026-11-01T05:30:00Z'), at('2026-11-01T06:30:00Z')]).toEqual([90, 90]);
    expect(at('2027-03-14T07:30:00Z')).toBe(210);
  });
});
