import { NOW } from '../clock.ts';
import type { Database } from '../database.ts';
import { connectionRows } from './calendar-connections.ts';
import type { CalendarConnection, ConnectionKey } from './calendar-connections.ts';

/** Finds by id over all organizations: for a webhook, whose signature then proves where it comes from. */
export async function findConnectionOfWebhook(
  db: Database,
  id: string,
): Promise<CalendarConnection | undefined> {
  return connectionRows(db).where('id', '=', id).executeTakeFirst();
}

/** A connection whose provider calls us. */
export type WebhookConnection = CalendarConnection & {
  /** When the provider said that the webhook ends before its time; null: it did not. */
  webhookRenewalAskedAt: Date | null;
};

/** Connected calendars of all organizations whose provider calls us. */
export async function listWebhookConnections(db: Database): Promise<WebhookConnection[]> {
  return connectionRows(db)
    .select('webhookRenewalAskedAt')
    .where('webhookId', 'is not', null)
    .where('disconnectedAt', 'is', null)
    .orderBy('id')
    .execute();
}

/** Notes that a provider said that its webhook ends before its time, or has ended. */
export async function askForRenewal(db: Database, key: ConnectionKey): Promise<void> {
  await db
    .updateTable('calendarConnections')
    .set({ webhookRenewalAskedAt: NOW })
    .where('organizationId', '=', key.organizationId)
    .where('id', '=', key.id)
    .execute();
}
