import type { CalcomClient } from '../../calendar/calcom/client.ts';
import { CALCOM_TRIGGERS, listWebhooks } from '../../calendar/calcom/webhook-registration.ts';
import type { CalcomWebhook } from '../../calendar/calcom/webhook-registration.ts';
import { readWebhookSecret } from '../../db/calendars/calendar-connections.ts';
import type { CalendarConnection } from '../../db/calendars/calendar-connections.ts';
import { findConnectionHealth } from '../../db/calendars/managed-calendars.ts';
import type { ConnectionHealth } from '../../db/calendars/managed-calendars.ts';
import { toCalendarTrouble } from '../../booking/calendars/calendar-trouble.ts';
import type { ManageParts } from '../manage-parts.ts';
import { failed, ok, skipped, troubled, warning } from './finding.ts';
import type { Finding } from './finding.ts';

/** Looks at the webhook by which the provider tells of changes. */
export async function examineWebhook(
  parts: ManageParts,
  connection: CalendarConnection,
  client: CalcomClient | null,
): Promise<Finding> {
  const step = { part: 'webhook', of: connection.name } as const;
  if (connection.provider === 'fake') return ok(step, 'the fake calendar sends none');
  if (!client) return skipped(step, 'the key cannot be used');
  const again = `slotline calendars connect "${connection.name}" --provider calcom --webhook-url https://…`;
  if (connection.webhookId === null) {
    return warning(
      step,
      'none is registered: what changes at the provider is seen by the periodic sync alone',
      `Register one, where the provider can reach the token server: ${again}`,
    );
  }
  try {
    await readWebhookSecret(parts.db, connection, parts.masterKey);
    const known = await listWebhooks(client);
    const registered = known.find(({ id }) => id === connection.webhookId);
    const health = await findConnectionHealth(parts.db, connection);
    return judge(step, { registered, health, again, connectionId: connection.id });
  } catch (error) {
    const trouble = toCalendarTrouble(error);
    if (!trouble) throw error;
    return troubled(step, trouble);
  }
}

function judge(
  step: Pick<Finding, 'part' | 'of'>,
  seen: {
    registered: CalcomWebhook | undefined;
    health: ConnectionHealth | undefined;
    again: string;
    connectionId: string;
  },
): Finding {
  const { registered, health, again, connectionId } = seen;
  if (!registered) {
    return failed(step, 'the provider has it no more', `Register it anew: ${again}`);
  }
  const missing = CALCOM_TRIGGERS.filter((trigger) => !registered.triggers.includes(trigger));
  if (!registered.active || missing.length > 0) {
    const what = registered.active ? `does not send ${missing.join(', ')}` : 'is switched off';
    return failed(step, `it ${what}`, `Register it anew: ${again}`);
  }
  if (!registered.subscriberUrl.endsWith(`/api/webhooks/calcom/${connectionId}`)) {
    return failed(step, 'it calls another address', `Register it anew: ${again}`);
  }
  const host = URL.parse(registered.subscriberUrl)?.host ?? 'an unknown host';
  const last = health?.lastDeliveryAt
    ? `last heard of at ${health.lastDeliveryAt.toISOString()}`
    : 'nothing received in the last weeks';
  if (health && health.badSignatures > 0) {
    return warning(
      step,
      `it calls ${host}, ${last}; ${health.badSignatures} were refused for a bad signature`,
      `Somebody else calls the address, or the secret differs. Register it anew: ${again}`,
    );
  }
  return ok(step, `it calls ${host}, ${last}`);
}
