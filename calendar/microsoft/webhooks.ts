import { createHash, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import { BookingNotFoundError, WebhookUnreadableError } from '../calendar-error.ts';
import type { ConnectionAccess, ProviderWebhooks, WebhookLease } from '../provider.ts';
import type { OpenGraph } from './open-client.ts';

const MINUTE = 60_000;
/** Within the longest that Graph was ever known to allow for events: 4,230 minutes. */
const LIFETIME = 4_200 * MINUTE;
const CHANGES = ['created', 'updated', 'deleted'];
const EVENTS = '/me/events';
/** No token that Graph sends is longer. */
const LONGEST_TOKEN = 1_000;

const SubscriptionSchema = z.object({
  id: z.string().min(1),
  changeType: z.string(),
  notificationUrl: z.string(),
  expirationDateTime: z.iso.datetime({ offset: true }),
});
const ListSchema = z.object({ value: z.array(z.unknown()) });

const NotificationSchema = z.object({
  clientState: z.string().nullish(),
  changeType: z.string().max(50).nullish(),
  lifecycleEvent: z.string().max(50).nullish(),
});
const BodySchema = z.object({ value: z.array(NotificationSchema).min(1).max(1_000) });
type Body = z.infer<typeof BodySchema>;

/** Told by Graph of a subscription itself, where it has to be seen to. */
const NEEDS_RENEWAL = ['reauthorizationRequired', 'subscriptionRemoved'];

type LeasedWebhooks = ProviderWebhooks &
  Required<Pick<ProviderWebhooks, 'handshake' | 'leaseOf' | 'nameNotice' | 'asksForRenewal'>>;

/**
 * Subscriptions of Graph's: they end after some days and are made anew before, and what they send says
 * which event changed and not how.
 */
export function microsoftWebhooks(open: OpenGraph): LeasedWebhooks {
  return {
    async register(access, { address, secret, now }) {
      const made = await open(access).call({
        method: 'POST',
        path: ['subscriptions'],
        body: {
          changeType: CHANGES.join(','),
          notificationUrl: address,
          lifecycleNotificationUrl: address,
          resource: EVENTS,
          expirationDateTime: new Date(now.getTime() + LIFETIME).toISOString(),
          clientState: secret,
        },
        answer: SubscriptionSchema,
      });
      await removeOthers(open, access, made);
      return writeId(made);
    },
    remove: (access, id) => remove(open, access, readId(id).subscription),
    async find(access, id) {
      try {
        const { changeType, notificationUrl } = await open(access).call({
          method: 'GET',
          path: ['subscriptions', readId(id).subscription],
          answer: SubscriptionSchema,
        });
        const sent = changeType.split(',');
        const missing = CHANGES.filter((change) => !sent.includes(change));
        const fault = missing.length === 0 ? null : `does not send ${missing.join(', ')}`;
        return { address: notificationUrl, fault };
      } catch (error) {
        if (error instanceof BookingNotFoundError) return undefined;
        throw error;
      }
    },
    leaseOf: readId,
    handshake({ query }) {
      const token = query.get('validationToken');
      return token === null || token.length > LONGEST_TOKEN ? undefined : token;
    },
    verify({ rawBody }, secret) {
      const body = readBody(rawBody);
      // All are compared, and something is where there is none: a wrong secret takes as long as the right one.
      const states = body?.value.map(({ clientState }) => clientState ?? '') ?? [''];
      const proved = states.filter((state) => isSame(state, secret) && state !== '');
      return proved.length === states.length;
    },
    nameNotice({ rawBody }) {
      const [first] = readBody(rawBody)?.value ?? [];
      return {
        trigger: first?.lifecycleEvent ?? first?.changeType ?? 'unknown',
        deliveryKey: createHash('sha256').update(rawBody).digest('base64url'),
      };
    },
    asksForRenewal({ rawBody }) {
      const { value } = readBody(rawBody) ?? { value: [] };
      return value.some(({ lifecycleEvent }) => NEEDS_RENEWAL.includes(lifecycleEvent ?? ''));
    },
    nameDelivery() {
      throw new WebhookUnreadableError('Microsoft Graph sends notices alone.');
    },
    // What an event was that is gone only the calendar tells, when it is read for the notice.
    read: () => undefined,
  };
}

/** Another subscription that calls the same address would tell everything twice. */
async function removeOthers(
  open: OpenGraph,
  access: ConnectionAccess,
  { id, notificationUrl }: z.infer<typeof SubscriptionSchema>,
): Promise<void> {
  const { value } = await open(access).call({
    method: 'GET',
    path: ['subscriptions'],
    answer: ListSchema,
  });
  for (const each of value.flatMap((one) => SubscriptionSchema.safeParse(one).data ?? [])) {
    if (each.notificationUrl !== notificationUrl || each.id === id) continue;
    await remove(open, access, each.id);
  }
}

async function remove(open: OpenGraph, access: ConnectionAccess, id: string): Promise<void> {
  try {
    await open(access).call({ method: 'DELETE', path: ['subscriptions', id], answer: null });
  } catch (error) {
    if (!(error instanceof BookingNotFoundError)) throw error;
  }
}

/** What is kept of a subscription, as one name: which it is, until when, and where it calls. */
function writeId({ id, expirationDateTime, notificationUrl }: z.infer<typeof SubscriptionSchema>) {
  return [id, new Date(expirationDateTime).toISOString(), notificationUrl].join(' ');
}

function readId(name: string): WebhookLease & { subscription: string } {
  const [subscription = '', ends = '', address = ''] = name.split(' ');
  const endsAt = new Date(ends);
  return { subscription, endsAt: Number.isNaN(endsAt.getTime()) ? new Date(0) : endsAt, address };
}

function readBody(rawBody: Buffer): Body | null {
  try {
    return BodySchema.safeParse(JSON.parse(rawBody.toString('utf8'))).data ?? null;
  } catch {
    return null;
  }
}

function isSame(given: string, secret: string): boolean {
  const [one, other] = [given, secret].map((text) => createHash('sha256').update(text).digest());
  return one !== undefined && other !== undefined && timingSafeEqual(one, other);
}
