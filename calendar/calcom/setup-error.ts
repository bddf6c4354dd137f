import { setupErrorOf } from '../calendar-error.ts';
import type { CalendarSetupError, SetupProblem } from '../calendar-error.ts';

/** What a person calls it. */
export const CALCOM_NAME = 'Cal.com';

const WHAT_TO_DO: Record<SetupProblem, string> = {
  'key-missing':
    'The connection has no API key. Make one in Cal.com under Settings, Developer, API keys, and connect the calendar again.',
  'key-refused':
    'Cal.com does not know the API key: it was revoked, has expired or was copied in part. Make a new one under Settings, Developer, API keys, and connect the calendar again.',
  'key-without-rights':
    'Cal.com knows the API key, but lets it do too little. Use a key made by the owner of the calendar, with no restriction.',
  'event-type-missing':
    'The account has no event type of that slug. Correct the slug, or create the event type in Cal.com.',
  'slug-of-another-user':
    'The event type belongs to another Cal.com user than the API key. Use the key of that user, or a slug of your own.',
  'no-availability':
    'The account has no working hours. Set them in Cal.com under Availability, and choose them in the event type.',
  'not-supported': 'The account or event type asks for something that is not supported here.',
};

/** The booker must enter a code that was mailed, which no call of the API can. */
export const VERIFICATION =
  'The event type requires that who books first verifies their e-mail address, which nobody can on the phone: turn "Requires booker email verification" off.';

/**
 * What is wrong with the connection, for its operator.
 * @param facts what was seen, put before what to do
 */
export function setupError(
  problem: SetupProblem,
  facts = '',
  options?: ErrorOptions,
): CalendarSetupError {
  const advice = facts === '' ? WHAT_TO_DO[problem] : `${facts} ${WHAT_TO_DO[problem]}`;
  return setupErrorOf(CALCOM_NAME, problem, advice, options);
}
