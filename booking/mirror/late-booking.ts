import { isLive } from '../../calendar/calendar.ts';
import type { BookingNews } from '../../calendar/calendar.ts';
import { noteDoubleBooking, writeIntentState } from '../../db/intents/intent-states.ts';
import type { Database } from '../../db/database.ts';
import { claimIntent } from '../../db/intents/claims.ts';
import type { MirrorKey } from '../../db/appointments/appointments.ts';
import { findRefusedIntent } from '../../db/intents/intents.ts';
import { USUAL_DEADLINES } from '../ledger/ledger-context.ts';
import { tell } from '../ledger/write-outcome.ts';

/**
 * Takes up an intent that was refused because the provider did not have it, when the provider has it
 * after all: its time is claimed again, and it is confirmed; where somebody else has the time
 * meanwhile, an operator must decide which of the two stays. Call it before rows are locked: claims
 * come first.
 *
 * @param listedAt since when a list is true: what was refused later is not told by it
 */
export async function takeUpLateBooking(
  transaction: Database,
  key: MirrorKey,
  { news, reference }: { news: BookingNews; reference: string },
  listedAt: Date | undefined,
): Promise<void> {
  const { key: made, status } = news;
  if (!made || status === undefined || !isLive({ status })) return;
  const intent = await findRefusedIntent(transaction, key, made);
  if (!intent || intent.startAt.getTime() !== news.start?.getTime()) return;
  if (listedAt && intent.updatedAt > listedAt) return;
  const { believeRival: believe, write } = USUAL_DEADLINES;
  const claim = await claimIntent(transaction, intent, { believe, write });
  if (claim.result === 'taken' || claim.result === 'contested') {
    await noteDoubleBooking(transaction, intent, reference);
  }
  // A move by two bookings has still to cancel the old one: the reconciler goes on from the claim.
  if (claim.result !== 'claimed' || intent.kind !== 'book') return;
  await writeIntentState(transaction, intent, {
    state: 'confirmed',
    reason: 'The provider has it after all.',
    reference,
  });
  await tell(transaction, intent, 'settled');
}
