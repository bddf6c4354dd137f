import { describe, expect, it } from 'vitest';
import {
  CalendarTrouble,
  noSlots,
  toCalendarTrouble,
} from '../../../booking/calendars/calendar-trouble.ts';
import { setupError } from '../../../calendar/calcom/setup-error.ts';
import { CalendarUnreachableError } from '../../../calendar/calendar-error.ts';
import { CalendarConfigurationError } from '../../../calendar/open-calendar.ts';
import { SealedCredentialError } from '../../../db/sealed-credential.ts';

const NOT_AVAILABLE = 'Calendar integration is not available';
const NOT_INITIALIZED = 'Failed to initialize Cal.com calendar';

describe('the trouble behind an error', () => {
  it.each([
    [setupError('key-missing'), NOT_AVAILABLE],
    [setupError('not-supported'), NOT_AVAILABLE],
    [new CalendarConfigurationError('The event has no calendar connection.'), NOT_AVAILABLE],
    [new SealedCredentialError('The credential cannot be opened.'), NOT_AVAILABLE],
    [setupError('key-refused'), NOT_INITIALIZED],
    [setupError('key-without-rights'), NOT_INITIALIZED],
    [setupError('event-type-missing'), NOT_INITIALIZED],
    [setupError('slug-of-another-user'), NOT_INITIALIZED],
    [new CalendarUnreachableError('The calendar cannot be reached.'), NOT_INITIALIZED],
    [setupError('no-availability'), 'No appointment slots available'],
  ])('of %s has its title', (error, title) => {
    const trouble = toCalendarTrouble(error);
    expect(trouble).toMatchObject({ title, cause: error });
    expect(trouble?.message).toBe(`${title}: ${trouble?.advice}`);
    expect(trouble?.advice).not.toContain(title);
  });

  it('is none where the error is no matter of a calendar', () => {
    expect(toCalendarTrouble(new TypeError('Ours.'))).toBeNull();
  });

  it('is itself where it was told already', () => {
    const trouble = noSlots({ days: 14, timeZone: 'America/New_York' });
    expect(toCalendarTrouble(trouble)).toBe(trouble);
    expect(trouble).toBeInstanceOf(CalendarTrouble);
    expect(trouble.message).toMatch(/^No appointment slots available: .*America\/New_York/);
  });
});
