import { CalendarSetupError } from '../calendar-error.ts';
import type { ListedEventType } from '../provider.ts';
import type { CalcomClient } from './client.ts';
import { durationsOf } from './describe-event-type.ts';
import { readEventTypes } from './event-type.ts';
import type { CalcomEventType } from './event-type.ts';
import { refuseUnsupported } from './refuse-unsupported.ts';

/**
 * The event types that the key sees, for a form; of each one that can never be booked here, why.
 * @throws {CalendarError}
 */
export async function listEventTypes(
  client: CalcomClient,
  of: { teamId: number | undefined },
): Promise<ListedEventType[]> {
  return (await readEventTypes(client, of)).map((eventType) => ({
    slug: eventType.slug,
    title: eventType.title,
    durations: durationsOf(eventType),
    fault: faultOf(eventType),
  }));
}

function faultOf(eventType: CalcomEventType): string | null {
  try {
    refuseUnsupported(eventType);
    return null;
  } catch (error) {
    if (error instanceof CalendarSetupError) return error.advice;
    throw error;
  }
}
