import { describe, expect, it } from 'vitest';
import {
  CalendarTrouble,
  noSlots,
  toCalendarTrouble,
} from '../../../booking/calendars/calendar-trouble.ts';
import { setupError } from '../../../calendar/calcom/setup-error.ts';
import {
  CalendarConfigurationError,
  CalendarUnreachableError,
} from '../../../calendar/calendar-error.ts';
import { readProviders } from '../../../calendar/providers.ts';
import { SealedCredentialError } from '../../../db/sealed-credential.ts';

const NOT_AVAILABLE = 'Calendar integration is not available';
const NOT_INITIALIZED = 'Failed to initialize Cal.com calendar';

const PROVIDED = readProviders({});

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
    const trouble = toCalendarTrouble(error, 'calcom', PROVIDED);
    expect(trouble).toMatchObject({ title, cause: error });
    expect(trouble?.message).toBe(`${title}: ${trouble?.advice}`);
    expect(trouble?.advice).not.toContain(title);
  });

  it.each([
    ['fake', 'Failed to initialize fake calendar'],
    ['of-a-later-version', 'Failed to initialize of-a-later-version calendar'],
  ])('names the provider %s', (provider, title) => {
    const error = new CalendarUnreachableError('The calendar cannot be reached.');
    expect(toCalendarTrouble(error, provider, PROVIDED)).toMatchObject({ title });
  });

  it('is none where the error is no matter of a calendar', () => {
    expect(toCalendarTrouble(new TypeError('Ours.'), 'calcom', PROVIDED)).toBeNull();
  });

  it('is itself where it was told already', () => {
    const trouble = noSlots({ days: 14, timeZone: 'America/New_York' });
    expect(toCalendarTrouble(trouble, 'calcom', PROVIDED)).toBe(trouble);
    expect(trouble).toBeInstanceOf(CalendarTrouble);
    expect(trouble.message).toMatch(/^No appointment slots available: .*America\/New_York/);
  });
});
