import type { Task } from 'graphile-worker';
import { openConnection } from '../../booking/calendars/open-connection.ts';
import type { OpenConnectionOptions } from '../../booking/calendars/open-connection.ts';
import { CalendarError, isSetUpWrongly } from '../../calendar/calendar-error.ts';
import { providerOf } from '../../calendar/providers.ts';
import { readWebhookSecret, replaceWebhook } from '../../db/calendars/calendar-connections.ts';
import { listWebhookConnections } from '../../db/calendars/webhook-connections.ts';
import type { WebhookConnection } from '../../db/calendars/webhook-connections.ts';
import type { Database } from '../../db/database.ts';
import { SealedCredentialError } from '../../db/sealed-credential.ts';
import type { Logger } from '../../runtime/logger.ts';

/** Milliseconds before its end from which on a webhook is made anew: many tries lie in them. */
const AHEAD = 2 * 86_400_000;

export interface RenewWebhooksParts extends OpenConnectionOptions {
  db: Database;
  logger: Logger;
}

/**
 * Makes webhooks anew that would end soon by themselves, or of which their provider says so, each before
 * the old one is taken away.
 */
export function renewWebhooks(parts: RenewWebhooksParts): Task {
  const { db, logger } = parts;
  return async () => {
    for (const connection of await listWebhookConnections(db)) {
      const { organizationId, id } = connection;
      try {
        if (await renew(parts, connection)) {
          logger.info({ organizationId, calendarConnectionId: id }, 'webhook renewed');
        }
      } catch (error) {
        if (!isOfCalendar(error)) throw error;
        logger.warn(
          { organizationId, calendarConnectionId: id, err: error },
          'a webhook could not be renewed',
        );
      }
    }
  };
}

async function renew(parts: RenewWebhooksParts, connection: WebhookConnection): Promise<boolean> {
  const { db, masterKey, providers, now } = parts;
  const { webhookId } = connection;
  const { webhooks } = providerOf(connection, providers.list);
  if (!webhooks?.leaseOf || webhookId === null) return false;
  const { endsAt, address } = webhooks.leaseOf(webhookId);
  const isDue = endsAt.getTime() - now().getTime() <= AHEAD;
  if (!isDue && connection.webhookRenewalAskedAt === null) return false;
  const plain = await readWebhookSecret(db, connection, masterKey);
  if (plain === null) return false;
  const { access } = await openConnection(db, connection, parts);
  // By the same secret: what the new one says is known before its id is stored.
  const id = await webhooks.register(access, { address, secret: plain, now: now() });
  await replaceWebhook(db, connection, { id, secret: { plain, masterKey } });
  await webhooks.remove(access, webhookId);
  return true;
}

function isOfCalendar(error: unknown): boolean {
  return (
    error instanceof CalendarError ||
    isSetUpWrongly(error) ||
    error instanceof SealedCredentialError
  );
}
