import { listBookingEvents } from '../db/booking-events.ts';
import { replaceCredential, replaceWebhook } from '../db/calendars/calendar-connections.ts';
import type { CalendarConnection } from '../db/calendars/calendar-connections.ts';
import type { Database } from '../db/database.ts';
import { inTransaction } from '../db/in-transaction.ts';
import { listManagedIntents } from '../db/intents/list-intents.ts';
import { toCalendarTrouble } from '../booking/calendars/calendar-trouble.ts';
import { hostedEvents } from '../booking/hosted-events.ts';
import { openConnection } from '../booking/calendars/open-connection.ts';
import { findManagedCalendar } from './calendars.ts';
import { revokeAccess } from './sign-in/revoke-access.ts';
import type { ManageParts } from './manage-parts.ts';

export interface DisconnectedCalendar {
  name: string;
  /** Enabled events that nobody can book any more. */
  stopped: { id: string; name: string }[];
  /** What can no longer be settled by itself. */
  unsettledIntents: number;
  /** Why the provider's webhook is still there; null where it was removed or there was none. */
  webhookLeft: string | null;
  /** Why the access that somebody granted still stands; null where it is gone, or there was none. */
  accessLeft: string | null;
}

const MANY = 10_000;

/**
 * Removes the webhook, gives back the access that somebody granted, and forgets the key. Appointments stay as they are at the provider.
 * @throws {ManageError} there is no such calendar
 */
export async function disconnectCalendar(
  parts: ManageParts,
  organizationId: string,
  wanted: string,
): Promise<DisconnectedCalendar> {
  const connection = await findManagedCalendar(parts.db, organizationId, wanted);
  const left = await leaveProvider(parts, connection);
  return { ...(await forgetConnection(parts.db, connection)), ...left };
}

/** Removes at the provider what it has of us: what calls us, then the access that this takes. */
export async function leaveProvider(
  parts: ManageParts,
  connection: CalendarConnection,
): Promise<Pick<DisconnectedCalendar, 'webhookLeft' | 'accessLeft'>> {
  const webhookLeft = await removeOwnWebhook(parts, connection);
  return { webhookLeft, accessLeft: await revokeAccess(parts, connection) };
}

/** Forgets key and webhook of a connection, and tells what stops with it. */
export async function forgetConnection(
  db: Database,
  connection: CalendarConnection,
): Promise<Omit<DisconnectedCalendar, 'webhookLeft' | 'accessLeft'>> {
  const { organizationId } = connection;
  await inTransaction(db, async (transaction) => {
    await replaceCredential(transaction, connection, null);
    await replaceWebhook(transaction, connection, null);
  });
  const events = await listBookingEvents(db, organizationId);
  const intents = await listManagedIntents(db, { organizationId, limit: MANY });
  return {
    name: connection.name,
    stopped: events
      .filter(
        (event) =>
          event.enabled &&
          hostedEvents(event).some(({ calendarConnectionId, busyCalendars }) =>
            [calendarConnectionId, ...busyCalendars].includes(connection.id),
          ),
      )
      .map(({ id, name }) => ({ id, name })),
    unsettledIntents: intents.filter((each) => each.calendarConnectionId === connection.id).length,
  };
}

/** @returns why it is still there; null where it is gone, or there was none */
async function removeOwnWebhook(
  parts: ManageParts,
  connection: CalendarConnection,
): Promise<string | null> {
  if (connection.webhookId === null) return null;
  try {
    const { provider, access } = await openConnection(parts.db, connection, parts);
    await provider.webhooks?.remove(access, connection.webhookId);
    return null;
  } catch (error) {
    // A key that was revoked must not keep the calendar connected.
    const trouble = toCalendarTrouble(error, connection.provider, parts.providers);
    if (!trouble) throw error;
    return trouble.advice;
  }
}
