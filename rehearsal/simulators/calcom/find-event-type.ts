import { HttpError } from './api-error.ts';
import type { EventType } from './model.ts';
import type { CalcomState } from './state.ts';

export interface EventTypeReference {
  eventTypeId?: number | undefined;
  eventTypeSlug?: string | undefined;
  username?: string | undefined;
  teamSlug?: string | undefined;
}

/**
 * Finds an event type by its id, or by its slug and its user or team.
 *
 * @returns undefined when the event type is unknown
 * @throws HttpError 404 when the user or team is
 */
export function findEventType(
  state: CalcomState,
  reference: EventTypeReference,
): EventType | undefined {
  if (reference.eventTypeId !== undefined) return state.eventTypes.get(reference.eventTypeId);
  const slug = reference.eventTypeSlug;
  if (reference.teamSlug !== undefined) {
    const team = state.teamNamed(reference.teamSlug);
    if (team === undefined) {
      throw new HttpError(404, `Team with slug ${reference.teamSlug} not found`);
    }
    return state.eventTypesOf({ teamId: team.id }).find((each) => each.slug === slug);
  }
  const account = state.accountNamed(reference.username ?? '');
  if (account === undefined) {
    throw new HttpError(404, `User with username ${reference.username} not found`);
  }
  return state.eventTypesOf({ accountId: account.id }).find((each) => each.slug === slug);
}
