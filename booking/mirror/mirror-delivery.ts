import { z } from 'zod';
import { WebhookUnreadableError } from '../../calendar/calendar-error.ts';
import type { BookingNews } from '../../calendar/calendar.ts';
import type { ProviderWebhooks } from '../../calendar/provider.ts';
import { plainNews } from '../../calendar/plain-answers.ts';
import { providerOf } from '../../calendar/providers.ts';
import type { Providers } from '../../calendar/providers.ts';
import type { Database } from '../../db/database.ts';
import { LOCKS, takeLock } from '../../db/locks.ts';
import type { MirrorKey } from '../../db/appointments/appointments.ts';
import type { DeliveryState } from '../../db/values.ts';
import {
  keepNews,
  listNewsOfBooking,
  lockDueDelivery,
  writeDeliveryState,
} from '../../db/calendars/webhook-deliveries.ts';
import { mirrorBooking } from './mirror.ts';
import { readStoredNews } from './stored-news.ts';

export type OpenDelivery = MirrorKey & { id: string; provider: string };

const TIME_UNREADABLE =
  'Its start and end are no time: the next synchronisation looks the booking up.';

interface DeliveryEnd {
  state: Exclude<DeliveryState, 'received'>;
  reason: string | null;
}

/**
 * Applies one webhook to the mirror, together with all that was said of the same booking before:
 * late, twice or in another order, the appointments are the same in the end. One that is settled
 * already is left alone.
 *
 * @returns what came of it; undefined when there was nothing to do
 */
export async function applyDelivery(
  { db, providers }: { db: Database; providers: Providers },
  { id, provider, ...key }: OpenDelivery,
): Promise<DeliveryEnd['state'] | undefined> {
  const { webhooks } = providerOf({ provider }, providers.list);
  return db.transaction().execute(async (transaction) => {
    await takeLock(transaction, LOCKS.mirror(key.calendarConnectionId));
    const delivery = await lockDueDelivery(transaction, id);
    if (!delivery) return undefined;
    const read = readDelivery(delivery.payload, webhooks);
    const end =
      'end' in read ? read.end : await mirrorNews(transaction, { ...key, ...delivery }, read.news);
    await writeDeliveryState(transaction, id, end);
    return end.state;
  });
}

function readDelivery(
  payload: unknown,
  webhooks: Pick<ProviderWebhooks, 'read'> | undefined,
): { news: BookingNews } | { end: DeliveryEnd } {
  try {
    const news = webhooks?.read(payload);
    return news
      ? { news }
      : { end: { state: 'ignored', reason: 'The trigger says nothing of a booking.' } };
  } catch (error) {
    if (error instanceof z.ZodError) {
      const places = error.issues.map(({ path, code }) => `${path.join('.')} (${code})`);
      return { end: { state: 'failed', reason: `Not as expected: ${places.join(', ')}.` } };
    }
    if (error instanceof WebhookUnreadableError) {
      return { end: { state: 'failed', reason: error.message } };
    }
    throw error;
  }
}

async function mirrorNews(
  transaction: Database,
  { id, timeZone, ...key }: MirrorKey & { id: string; timeZone: string },
  told: BookingNews,
): Promise<DeliveryEnd> {
  const news = plainNews(told, timeZone);
  const toldTime = told.start !== undefined || told.end !== undefined;
  const timeless = toldTime && news.start === undefined ? TIME_UNREADABLE : null;
  await keepNews(transaction, id, {
    uid: news.uid,
    previousUid: news.previousUid ?? null,
    changedAt: news.changedAt,
    payload: news,
  });
  const stored = await listNewsOfBooking(transaction, key, news.uid);
  const [first = news, ...rest] = stored.map((each) => plainNews(readStoredNews(each), timeZone));
  const result = await mirrorBooking(transaction, key, [first, ...rest]);
  if (result === 'stale') return { state: 'stale', reason: 'Newer was known.' };
  if (result === 'incomplete') {
    return { state: 'ignored', reason: timeless ?? 'Too little is known of the booking yet.' };
  }
  return { state: 'applied', reason: timeless };
}
