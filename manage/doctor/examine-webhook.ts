import type { RegisteredWebhook } from '../../calendar/provider.ts';
import { webhookPath } from '../../calendar/webhook-path.ts';
import { readWebhookSecret } from '../../db/calendars/calendar-connections.ts';
import type { CalendarConnection } from '../../db/calendars/calendar-connections.ts';
import { findConnectionHealth } from '../../db/calendars/connection-health.ts';
import type { ConnectionHealth } from '../../db/calendars/connection-health.ts';
import { toCalendarTrouble } from '../../booking/calendars/calendar-trouble.ts';
import type { ManageParts } from '../manage-parts.ts';
import type { OpenedConnection } from './examine-calendar.ts';
import { failed, ok, skipped, troubled, warning } from './finding.ts';
import type { Finding } from './finding.ts';

/** Looks at the webhook by which the provider tells of changes. */
export async function examineWebhook(
  parts: ManageParts,
  connection: CalendarConnection,
  opened: OpenedConnection | null,
): Promise<Finding> {
  const step = { part: 'webhook', of: connection.name } as const;
  if (!opened) return skipped(step, 'the key cannot be used');
  const { provider, access } = opened;
  if (!provider.webhooks) return ok(step, `the ${provider.name} calendar sends none`);
  const again = `slotline calendars connect "${connection.name}" --provider ${provider.id} --webhook-url https://…`;
  if (connection.webhookId === null) {
    return warning(
      step,
      'none is registered: what changes at the provider is seen by the periodic sync alone',
      'Register one, where the provider can reach the token server',
      again,
    );
  }
  try {
    await readWebhookSecret(parts.db, connection, parts.masterKey);
    const registered = await provider.webhooks.find(access, connection.webhookId);
    const health = await findConnectionHealth(parts.db, connection);
    return judge(step, { registered, health, again, path: webhookPath(connection) });
  } catch (error) {
    const trouble = toCalendarTrouble(error, connection.provider, parts.providers);
    if (!trouble) throw error;
    return troubled(step, trouble);
  }
}

function judge(
  step: Pick<Finding, 'part' | 'of'>,
  seen: {
    registered: RegisteredWebhook | undefined;
    health: ConnectionHealth | undefined;
    again: string;
    path: string;
  },
): Finding {
  const { registered, health, again, path } = seen;
  if (!registered) {
    return failed(step, 'the provider has it no more', 'Register it anew', again);
  }
  if (registered.fault !== null) {
    return failed(step, `it ${registered.fault}`, 'Register it anew', again);
  }
  if (!registered.address.endsWith(path)) {
    return failed(step, 'it calls another address', 'Register it anew', again);
  }
  const host = URL.parse(registered.address)?.host ?? 'an unknown host';
  const last = health?.lastDeliveryAt
    ? `last heard of at ${health.lastDeliveryAt.toISOString()}`
    : 'nothing received yet, or not for weeks';
  if (health && health.badSignatures > 0) {
    return warning(
      step,
      `it calls ${host}, ${last}; ${health.badSignatures} were refused for a bad signature`,
      'Somebody else calls the address, or the secret differs. Register it anew',
      again,
    );
  }
  return ok(step, `it calls ${host}, ${last}`);
}
