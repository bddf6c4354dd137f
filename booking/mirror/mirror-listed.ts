import type { BookingNews } from '../../calendar/calendar.ts';
import type { Database } from '../../db/database.ts';
import { LOCKS, takeLock } from '../../db/locks.ts';
import type { MirrorKey } from '../../db/appointments/appointments.ts';
import { mirrorBooking } from './mirror.ts';
import type { MirrorResult } from './mirror.ts';

/** Milliseconds by which a provider's answer may lag behind what was written there. */
const LIST_LAG = 5_000;

/**
 * Makes the mirror say what the provider answered of one booking when it was asked, unless the
 * mirror knows newer. Call it in a transaction.
 *
 * @param askedAt before the provider was asked, by the database's clock
 */
export async function mirrorListed(
  transaction: Database,
  key: MirrorKey,
  news: BookingNews,
  askedAt: Date,
): Promise<MirrorResult> {
  await takeLock(transaction, LOCKS.mirror(key.calendarConnectionId));
  const listedAt = new Date(askedAt.getTime() - LIST_LAG);
  return mirrorBooking(transaction, key, [news], { listedAt });
}
