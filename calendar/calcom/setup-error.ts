import { CalendarSetupError } from '../calendar-error.ts';
import type { SetupProblem } from '../calendar-error.ts';

/** The troubles that an operator sees; the doctor walks through them in this order. */
export type CalendarTrouble =
  | 'Calendar integration is not available'
  | 'Failed to initialize Cal.com calendar'
  | 'No appointment slots available';

/** Under which trouble each problem shows. */
export const TROUBLE_OF: Record<SetupProblem, CalendarTrouble> = {
  'key-missing': 'Calendar integration is not available',
  'not-supported': 'Calendar integration is not available',
  'key-refused': 'Failed to initialize Cal.com calendar',
  'key-without-rights': 'Failed to initialize Cal.com calendar',
  'event-type-missing': 'Failed to initialize Cal.com calendar',
  'slug-of-another-user': 'Failed to initialize Cal.com calendar',
  'no-availability': 'No appointment slots available',
};

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

/**
 * What is wrong with the connection, for its operator.
 * @param facts what was seen, put before what to do
 */
export function setupError(
  problem: SetupProblem,
  facts = '',
  options: ErrorOptions = {},
): CalendarSetupError {
  const told = facts === '' ? WHAT_TO_DO[problem] : `${facts} ${WHAT_TO_DO[problem]}`;
  return new CalendarSetupError(`${TROUBLE_OF[problem]}: ${told}`, { ...options, problem });
}
