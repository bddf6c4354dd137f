import { setupErrorOf } from '../calendar-error.ts';
import type { CalendarSetupError, SetupProblem } from '../calendar-error.ts';

/** What a person calls it. */
export const CALENDLY_NAME = 'Calendly';

const WHAT_TO_DO: Record<SetupProblem, string> = {
  'key-missing':
    'The connection has no token. Make a personal access token in Calendly under Integrations & apps, API & webhooks, and connect the calendar again.',
  'key-refused':
    'Calendly does not know the token: it was revoked, has expired or was copied in part. Make a new one under Integrations & apps, API & webhooks, and connect the calendar again.',
  'key-without-rights':
    'Calendly knows the token, but lets it do too little. Make one with the scopes users:read, event_types:read, availability:read, scheduled_events:write and webhooks:write.',
  'event-type-missing':
    'The account has no event type of that slug. Correct the slug (the end of its booking page’s address), or create the event type in Calendly.',
  'slug-of-another-user':
    'The event type belongs to another Calendly user than the token. Use the token of that user, or an event type of your own.',
  'no-availability':
    'The event type has no free times. Set its hours in Calendly under Availability.',
  'not-supported': 'The event type asks for something that is not supported here.',
};

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
  return setupErrorOf(CALENDLY_NAME, problem, advice, options);
}
