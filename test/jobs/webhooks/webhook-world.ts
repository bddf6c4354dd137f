import { randomBytes, randomUUID } from 'node:crypto';
import { pino } from 'pino';
import { insertCall, finishCall } from '../../../db/calls/calls.ts';
import type { Database } from '../../../db/database.ts';
import type { EventKind } from '../../../db/webhooks/event-kinds.ts';
import { WebhookSender } from '../../../jobs/webhooks/webhook-sender.ts';
import type { SenderParts } from '../../../jobs/webhooks/webhook-sender.ts';
import { webhookTransport } from '../../../jobs/webhooks/webhook-transport.ts';
import { addEndpoint } from '../../../manage/webhooks/endpoints.ts';
import type { EndpointWithSecret } from '../../../manage/webhooks/endpoints.ts';
import { addressRule } from '../../../runtime/public-address.ts';
import type { Tenant } from '../../support/tenants.ts';

export const MASTER_KEY = randomBytes(32);
/** The receivers of tests stand on loopback. */
export const LOOPBACK = addressRule(['127.0.0.0/8']);

export function listen(
  db: Database,
  { organizationId }: Tenant,
  url: string,
  events: EventKind[] = ['call.started', 'call.ended'],
): Promise<EndpointWithSecret> {
  const given = { organizationId, url, events, description: '', enabled: true };
  return addEndpoint(db, { masterKey: MASTER_KEY, webhookAddresses: LOOPBACK }, given);
}

/** A call that begins; answers what ends it. */
export async function beginCall(
  db: Database,
  { organizationId, agentId }: Tenant,
  callerNumber: string | null = null,
) {
  const callId = await insertCall(db, {
    organizationId,
    agentId,
    roomName: `room-${randomUUID()}`,
    line: 'phone',
    callerNumber,
  });
  const end = { outcome: 'no_booking', reason: 'The caller hung up.', by: 'caller' } as const;
  return { callId, finish: () => finishCall(db, { organizationId, callId }, end) };
}

/** What the jobs do when they are asked to; `asked` are the further runs that were asked for. */
export function startSending(db: Database, more: Partial<SenderParts> = {}) {
  const lines: string[] = [];
  const asked: Date[] = [];
  const deadline = more.deadline ?? 1_000;
  const sender = new WebhookSender({
    db,
    masterKey: MASTER_KEY,
    fetch: webhookTransport(LOOPBACK, { deadline }),
    now: () => new Date(),
    deadline,
    schedule: [0, 0],
    switchOffAfter: 72 * 3_600_000,
    logger: pino({ level: 'trace' }, { write: (line) => void lines.push(line) }),
    ...more,
  });
  const stop = new AbortController();
  const helpers = {
    abortSignal: stop.signal,
    addJob: async (_name: string, _payload: unknown, options: { runAt: Date }) =>
      void asked.push(options.runAt),
  } as unknown as Parameters<WebhookSender['run']>[0];
  return { run: () => sender.run(helpers), stop, asked, log: () => lines.join('') };
}

export function deliveriesOf(db: Database, { organizationId }: Pick<Tenant, 'organizationId'>) {
  return db
    .selectFrom('endpointDeliveries')
    .innerJoin('webhookEvents', 'webhookEvents.id', 'endpointDeliveries.eventId')
    .select(['webhookEvents.kind', 'state', 'attempts', 'endpointDeliveries.id'])
    .where('endpointDeliveries.organizationId', '=', organizationId)
    .orderBy('webhookEvents.place')
    .execute();
}

export function attemptsOf(db: Database, { organizationId }: Pick<Tenant, 'organizationId'>) {
  return db
    .selectFrom('deliveryAttempts')
    .select(['status', 'error', 'answer', 'milliseconds'])
    .where('organizationId', '=', organizationId)
    .orderBy('at')
    .execute();
}
