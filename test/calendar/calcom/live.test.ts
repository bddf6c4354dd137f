import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, describe } from 'vitest';
import { z } from 'zod';
import { ensureEventType } from '../../../calendar/calcom/account.ts';
import { CalcomCalendar } from '../../../calendar/calcom/calcom-calendar.ts';
import { CalcomClient } from '../../../calendar/calcom/client.ts';
import { CALCOM_BASE_URL } from '../../../calendar/calcom/settings.ts';
import type { RequestLimiter } from '../../../calendar/request-limiter.ts';
import { describeCalendarContract } from '../calendar-contract.ts';
import { calcomWrite, UnreliableFetch } from '../unreliable-fetch.ts';

const url = process.env['CALCOM_TEST_URL'];
const apiKey = process.env['CALCOM_TEST_KEY'];
/** Requests that the longest test of the suite may make. */
const ENOUGH = 50;
const EVENT_TYPE = 'slotline-contract';

/** Books; what it made is cancelled when the suite ends. */
class RememberingCalendar extends CalcomCalendar {
  readonly made: string[] = [];

  override async book(request: Parameters<CalcomCalendar['book']>[0]) {
    const booking = await super.book(request);
    this.made.push(booking.reference);
    return booking;
  }
}

// Books, moves and cancels real appointments of people at example.com, whom Cal.com may write to, in
// the event type "slotline-contract" of the account that is pointed to, which it makes.
describe('on the Cal.com of CALCOM_TEST_URL', () => {
  const opened: RememberingCalendar[] = [];
  afterAll(async () => {
    for (const calendar of opened) {
      for (const reference of calendar.made) {
        await pace();
        await calendar.cancel(reference, 'A test ended.');
      }
    }
  }, 900_000);

  let budget = { remaining: ENOUGH, ends: 0 };
  const limiter: RequestLimiter = {
    take: () => Promise.resolve(),
    observe: ({ remaining, resetSeconds }) => {
      budget = { remaining, ends: performance.now() + resetSeconds * 1_000 };
      return Promise.resolve();
    },
  };
  const pace = async () => {
    if (budget.remaining < ENOUGH) await pause(Math.max(0, budget.ends - performance.now()));
  };

  describeCalendarContract(
    'CalcomCalendar',
    async () => {
      const connection = new UnreliableFetch(calcomWrite);
      const client = new CalcomClient({
        baseUrl: url ?? CALCOM_BASE_URL,
        apiKey: apiKey ?? '',
        limiter,
        fetch: connection.fetch,
      });
      const { account, eventType } = await ensureEventType(client, {
        slug: EVENT_TYPE,
        title: 'Slotline contract suite',
        durationMinutes: 30,
      });
      await client.call({
        method: 'PATCH',
        path: ['event-types', eventType.id],
        body: { bookingWindow: { type: 'calendarDays', value: 60, rolling: true } },
        answer: z.object({ status: z.literal('success') }),
      });
      const open = () => {
        const calendar = new RememberingCalendar({
          client,
          eventType: { slug: EVENT_TYPE },
          durationMinutes: 30,
          timeZone: account.timeZone,
          meetingLink: 'provider',
          now: () => new Date(),
        });
        opened.push(calendar);
        return calendar;
      };
      return {
        calendar: open(),
        now: () => new Date(),
        reopen: open,
        pace,
        loseAnswer: (write) => connection.loseAnswer(write),
        fallSilent: () => connection.fallSilent(),
        wakeUp: () => connection.wakeUp(),
      };
    },
    { lacks: ['pending', 'phone-only', 'questions'] },
  );
});
