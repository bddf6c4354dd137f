import type { EnsuredEventType, EventTypeWish, ListedEventType } from '../provider.ts';
import { readAccount } from './account.ts';
import type { CalendlyClient } from './client.ts';
import { faultOf, refuseUnsupported } from './describe-event-type.ts';
import { findEventType, readEventTypes, slugOf } from './event-type.ts';
import { setupError } from './setup-error.ts';

/**
 * The event types of the token's owner, for a form; of each one that can never be booked here, why.
 * @throws {CalendarError}
 */
export async function listEventTypes(client: CalendlyClient): Promise<ListedEventType[]> {
  const { uri } = await readAccount(client);
  return (await readEventTypes(client, uri))
    .filter(({ deleted_at: gone }) => !gone)
    .map((eventType) => ({
      slug: slugOf(eventType),
      title: eventType.name,
      durations: [eventType.duration],
      fault: faultOf(eventType),
    }));
}

/**
 * Finds the event type and proves that it can be booked. None is made: what takes place where, and
 * when, is its owner's to say.
 * @throws {CalendarSetupError} each problem with what its operator can do
 * @throws {CalendarError}
 */
export async function ensureEventType(
  client: CalendlyClient,
  { slug }: Pick<EventTypeWish, 'slug'>,
): Promise<EnsuredEventType> {
  const { uri } = await readAccount(client);
  const eventType = await findEventType(client, slug, uri);
  if (!eventType) throw setupError('event-type-missing', `There is no event type "${slug}".`);
  refuseUnsupported(eventType);
  const { duration } = eventType;
  return { created: false, durationMinutes: duration, durations: [duration] };
}
