import { createHash, randomUUID, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import { BookingNotFoundError, WebhookUnreadableError } from '../calendar-error.ts';
import type {
  ConnectionAccess,
  DeliveryName,
  ProviderWebhooks,
  WebhookLease,
  WebhookRequest,
} from '../provider.ts';
import { findPlaces } from './choose-calendars.ts';
import { GoogleClient } from './client.ts';
import { settingsOf } from './settings.ts';

/** Seconds: as long as Google lets one last, unless it says another end. */
const LIFETIME = 7 * 86_400;

const ChannelSchema = z.object({
  id: z.string(),
  resourceId: z.string(),
  /** Milliseconds since 1970. */
  expiration: z.string().regex(/^\d+$/),
});

/**
 * What is kept of a channel as its id: Google tells of no channel afterwards, and to end one its
 * resource must be named.
 */
interface Channel {
  id: string;
  resourceId: string;
  expiration: number;
  address: string;
}

/** Google posts that a calendar changed, and not what: no body, and a token of ours. */
export const googleChannels: ProviderWebhooks = {
  async register(access, { address, secret }) {
    const client = new GoogleClient(access);
    const calendar = await calendarOf(access, client);
    const { id, resourceId, expiration } = await client.call({
      method: 'POST',
      path: ['calendars', calendar, 'events', 'watch'],
      body: {
        id: randomUUID(),
        type: 'web_hook',
        address,
        token: secret,
        params: { ttl: String(LIFETIME) },
      },
      answer: ChannelSchema,
    });
    return [id, resourceId, expiration, address].join(' ');
  },
  async remove(access, id) {
    const channel = readChannel(id);
    try {
      await new GoogleClient(access).call({
        method: 'POST',
        path: ['channels', 'stop'],
        body: { id: channel.id, resourceId: channel.resourceId },
        answer: null,
      });
    } catch (error) {
      // It has ended.
      if (!(error instanceof BookingNotFoundError)) throw error;
    }
  },
  find(_access, id) {
    const { address } = readChannel(id);
    return Promise.resolve({ address, fault: null });
  },
  leaseOf(id): WebhookLease {
    const { expiration, address } = readChannel(id);
    return { endsAt: new Date(expiration), address };
  },
  /** The first message of a channel comes before its token is stored, and says nothing. */
  handshake: (request) => (headerOf(request, 'x-goog-resource-state') === 'sync' ? '' : undefined),
  verify(request, secret) {
    const given = headerOf(request, 'x-goog-channel-token') ?? '';
    return timingSafeEqual(digest(given), digest(secret));
  },
  nameNotice(request): DeliveryName {
    const trigger = headerOf(request, 'x-goog-resource-state') ?? 'unknown';
    const channel = headerOf(request, 'x-goog-channel-id') ?? '';
    const number = headerOf(request, 'x-goog-message-number') ?? '';
    return {
      trigger: trigger.slice(0, 100),
      deliveryKey: digest(`${channel} ${number}`).toString('base64url'),
    };
  },
  nameDelivery() {
    throw new WebhookUnreadableError('Google says nothing in a body.');
  },
  read: () => undefined,
};

async function calendarOf(access: ConnectionAccess, client: GoogleClient): Promise<string> {
  const settings = settingsOf(access);
  const { calendar } = settings.places ?? (await findPlaces(client, settings)).places;
  return calendar;
}

function readChannel(kept: string): Channel {
  const [id = '', resourceId = '', expiration = '', address = ''] = kept.split(' ');
  return { id, resourceId, expiration: Number(expiration), address };
}

function headerOf({ headers }: WebhookRequest, name: string): string | undefined {
  const value = headers[name];
  return typeof value === 'string' ? value : undefined;
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
