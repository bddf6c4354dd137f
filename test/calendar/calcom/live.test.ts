import { afterAll, describe } from 'vitest';
import { setTimeout as pause } from 'node:timers/promises';
import { ensureEventType } from '../../../calendar/calcom/account.ts';
import { CalcomCalendar } from '../../../calendar/calcom/calcom-calendar.ts';
import { CalcomClient } from '../../../calendar/calcom/client.ts';
import type { Calendar } from '../../../calendar/calendar.ts';
import { describeCalendarContract } from '../calendar-contract.ts';
import { openLimiter } from './simulated.ts';

const url = process.env['CALCOM_TEST_URL'];
const apiKey = process.env['CALCOM_TEST_KEY'];
/** Requests that the longest test of the suite may make. */
const ENOUGH = 50;

// Books, moves and cancels real appointments, of people at example.com, in the event type
// "slotline-contract" of the account that is pointed to.
describe.skipIf(!url || !apiKey)('on the Cal.com of CALCOM_TEST_URL', () => {
  const made: { calendar: Calendar; reference: string }[] = [];
  afterAll(async () => {
    for (const { calendar, reference } of made) {
      await calendar.cancel(reference, 'A test ended.').catch(() => undefined);
    }
  }, 600_000);

  describeCalendarContract('CalcomCalendar', async () => {
    let budget = { remaining: ENOUGH, ends: 0 };
    const client = new CalcomClient({
      baseUrl: url,
      apiKey: apiKey ?? '',
      limiter: {
        ...openLimiter(),
        observe: ({ remaining, resetSeconds }) => {
          budget = { remaining, ends: performance.now() + resetSeconds * 1_000 };
          return Promise.resolve();
        },
      },
    });
    const { account, eventType } = await ensureEventType(client, {
      slug: 'slotline-contract',
      title: 'Slotline contract suite',
      durationMinutes: 30,
    });
    const calendar = new CalcomCalendar({
      client,
      eventType: { slug: eventType.slug },
      durationMinutes: 30,
      timeZone: account.timeZone,
      meetingLink: 'provider',
      now: () => new Date(),
    });
    const book = calendar.book.bind(calendar);
    calendar.book = async (request) => {
      const booking = await book(request);
      made.push({ calendar, reference: booking.reference });
      return booking;
    };
    return {
      calendar,
      now: () => new Date(),
      pace: async () => {
        if (budget.remaining < ENOUGH) await pause(Math.max(0, budget.ends - performance.now()));
      },
    };
  });
});
