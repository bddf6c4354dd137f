import { afterAll, describe } from 'vitest';
import type { Booking, Calendar } from '../../../calendar/calendar.ts';
import { caldav } from '../../../calendar/caldav/provider.ts';
import { memoryLimiter } from '../../../calendar/request-limiter.ts';
import { describeCalendarContract } from '../calendar-contract.ts';
import { EVERY_DAY } from './open-dav.ts';
import { davWrite, UnreliableFetch } from '../unreliable-fetch.ts';

const {
  CALDAV_TEST_URL: server = '',
  CALDAV_TEST_USER: username = '',
  CALDAV_TEST_KEY: credential = '',
  CALDAV_TEST_CALENDAR: calendar,
} = process.env;

const never = () => Promise.reject(new Error('The server has a place of its own for bookings.'));

// Writes, moves and cancels real appointments of people at example.com in the calendar that is pointed
// to; what it made is cancelled when the suite ends.
describe('on the server of CALDAV_TEST_URL', () => {
  const made: { calendar: Calendar; reference: string }[] = [];
  afterAll(async () => {
    for (const { calendar: of, reference } of made) await of.cancel(reference, 'A test ended.');
  }, 900_000);

  const remembering = (of: Calendar): Calendar => {
    const book = of.book.bind(of);
    return Object.assign(of, {
      book: async (request: Parameters<Calendar['book']>[0]): Promise<Booking> => {
        const booking = await book(request);
        made.push({ calendar: of, reference: booking.reference });
        return booking;
      },
    });
  };

  describeCalendarContract(
    'CaldavCalendar',
    async () => {
      const connection = new UnreliableFetch(davWrite);
      const access = {
        settings: { server, username, ...(calendar ? { calendar } : {}) },
        credential,
        environment: {},
        limiter: memoryLimiter,
        fetch: connection.fetch,
      };
      const account = await caldav.readAccount?.(access);
      const settings = { ...access.settings, ...account?.settings };
      const open = (email: 'required' | 'optional') =>
        remembering(
          caldav.open(
            { ...access, settings: { ...settings, email } },
            {
              eventType: 'slotline-contract',
              durationMinutes: 30,
              timeZone: 'America/New_York',
              meetingLink: 'provider',
              availability: EVERY_DAY,
            },
            {
              now: () => new Date(),
              bookings: {
                listConfirmed: never,
                listAll: never,
                find: never,
                insert: never,
                move: never,
                cancel: never,
              },
            },
          ),
        );
      return {
        calendar: open('required'),
        now: () => new Date(),
        reopen: () => open('required'),
        phoneOnly: open('optional'),
        loseAnswer: (write) => connection.loseAnswer(write),
        fallSilent: () => connection.fallSilent(),
        wakeUp: () => connection.wakeUp(),
      };
    },
    { lacks: ['hold', 'pending', 'questions'] },
  );
});
