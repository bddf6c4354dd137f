import { describe, expect, it } from 'vitest';
import { calendarSentence } from '../../../booking/desk/calendar-sentences.ts';
import { sentencesIn } from '../../../booking/languages/sentences/sentences-in.ts';
import {
  BookingNotFoundError,
  CalendarError,
  CalendarSetupError,
  CalendarUnreachableError,
  OutcomeUnknownError,
  RateLimitedError,
  RequestRefusedError,
  SlotUnavailableError,
} from '../../../calendar/calendar-error.ts';

const ENGLISH = sentencesIn('en');
const FACTS = 'Cal.com says: the API key of the event type "intro" is wrong.';

class NewError extends CalendarError {
  override readonly name = 'NewError';
  readonly isRetryable = false;
}

const THROWN: CalendarError[] = [
  new SlotUnavailableError(FACTS),
  new BookingNotFoundError(FACTS),
  new RequestRefusedError(FACTS, { field: 'email' }),
  new RequestRefusedError(FACTS, { field: null, reason: 'address-not-accepted' }),
  new RateLimitedError(FACTS, { retryAfter: 1_000 }),
  new CalendarUnreachableError(FACTS),
  new OutcomeUnknownError(FACTS),
  new CalendarSetupError(FACTS, { problem: 'not-supported' }),
  new NewError(FACTS),
];

describe('what a caller hears of a calendar that fails', () => {
  it.each(THROWN)("passes none of the operator's facts on: $name", (error) => {
    expect(calendarSentence(error, ENGLISH)).not.toMatch(/cal\.com|key|slug|event type|api|intro/i);
  });

  it.each(THROWN)('is true on the phone and on the web: $name', (error) => {
    expect(calendarSentence(error, ENGLISH)).not.toMatch(/over the phone|on the line/i);
  });

  it('claims neither success nor failure of what nobody knows', () => {
    for (const error of [new OutcomeUnknownError(FACTS), new NewError(FACTS)]) {
      expect(calendarSentence(error, ENGLISH)).not.toMatch(/nothing was|is booked/i);
    }
    expect(calendarSentence(new CalendarUnreachableError(FACTS), ENGLISH)).toMatch(
      /nothing was booked/i,
    );
  });

  it("tells the operator's problems apart", () => {
    const error = new CalendarSetupError(FACTS, { problem: 'no-availability' });
    expect(calendarSentence(error, ENGLISH)).toMatch(/opening hours/);
  });
});
