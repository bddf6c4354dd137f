import { isLive } from '../../calendar/calendar.ts';
import type { BookingNews } from '../../calendar/calendar.ts';
import { releaseIntents } from '../../db/intents/intent-states.ts';
import type { Database } from '../../db/database.ts';
import {
  insertMirroredAppointment,
  lockAppointmentsByUid,
  mergeAppointments,
  updateAppointment,
} from '../../db/appointments/appointments.ts';
import type { MirrorKey, MirroredAppointment } from '../../db/appointments/appointments.ts';
import { lockIntentsOfBooking } from '../../db/intents/intents.ts';
import type { MirroredIntent } from '../../db/intents/intents.ts';
import { CLOCK_SKEW } from '../ledger/ledger-context.ts';
import { saidFields } from '../ledger/said-fields.ts';
import { takeUpLateBooking } from './late-booking.ts';
import { foldNews, STATUS_RANK } from './mirror-fold.ts';
import type { FoldedBooking } from './mirror-fold.ts';
import { newAppointment, ownerFields } from './mirror-fields.ts';

export interface MirrorOptions {
  /**
   * Since when the provider's answer is true, where it is a list and not a message: an appointment
   * that was written later is left alone, any other is overwritten.
   */
  listedAt?: Date;
}

/**
 * `inserted`: the mirror did not have it. `changed`: its time or status differed. `kept`: it said so
 * already, and further fields may have been filled. `stale`: the mirror knows newer. `incomplete`:
 * too little was said to make an appointment of it.
 */
export type MirrorResult = 'inserted' | 'changed' | 'kept' | 'stale' | 'incomplete';

/**
 * Makes `appointments` say what the provider says of one booking, and gives the time of one that
 * moved or ended free in the ledger. Safe to repeat, in any order. Call it in a transaction under
 * its mirror's lock.
 *
 * @param all everything that was said of this booking, in any order
 */
export async function mirrorBooking(
  transaction: Database,
  key: MirrorKey,
  all: readonly [BookingNews, ...BookingNews[]],
  options: MirrorOptions = {},
): Promise<MirrorResult> {
  const booking = foldNews(all);
  const reference = booking.news.reference ?? booking.root;
  await takeUpLateBooking(transaction, key, { news: booking.news, reference }, options.listedAt);
  const intents = await lockIntentsOfBooking(transaction, key, {
    uids: booking.uids,
    key: booking.news.key ?? null,
  });
  const names = namesOf(booking, intents);
  let rows = await lockAppointmentsByUid(transaction, key, names.all);
  if (rows.length === 0) {
    const appointment = newAppointment(booking, intents);
    if (!appointment) return 'incomplete';
    const inserted = await insertMirroredAppointment(transaction, key, appointment);
    if (inserted) {
      await releaseTimes(transaction, key, appointment.reference, booking.news, intents);
      return 'inserted';
    }
    // The ledger wrote it between the two statements.
    rows = await lockAppointmentsByUid(transaction, key, names.all);
  }
  const row = survivorOf(rows, booking);
  if (!row) return 'incomplete';
  const others = rows.filter(({ id }) => id !== row.id);
  await mergeAppointments(
    transaction,
    { ...key, id: row.id },
    others.map(({ id }) => id),
  );
  const kept = referenceOf(row, booking);
  if (isStale(row, booking, names, options)) {
    if (kept !== row.reference) {
      await updateAppointment(transaction, { ...key, id: row.id }, { reference: kept });
    }
    return 'stale';
  }
  const changed = differs(row, booking.news);
  if (changed || kept !== row.reference || saysMore(row, booking.news, options)) {
    await updateAppointment(
      transaction,
      { ...key, id: row.id },
      {
        ...saidFields(booking.news, row),
        ...ownerFields(row, booking.news, intents),
        reference: kept,
      },
    );
  }
  await releaseTimes(transaction, key, kept, booking.news, intents);
  return changed ? 'changed' : 'kept';
}

interface Names {
  all: string[];
  /** The key alone led to the appointment: names between the two are missing. */
  adopted: boolean;
  /** As before, and the news does not even say that the booking had another name. */
  unnamed: boolean;
}

/**
 * A booking that moved twice may be told of by its second move first, and one that its owner has to
 * accept anew is told of without what it was called before. Where it is one of ours, the key it carries
 * leads to the appointment that the missing names would have led to.
 */
function namesOf(
  { uids, news, rootIsHearsay }: FoldedBooking,
  intents: readonly MirroredIntent[],
): Names {
  const known = news.reference === undefined ? uids : [...uids, news.reference];
  const ofKey = intents.flatMap(({ idempotencyKey, reference }) =>
    idempotencyKey === news.key && reference !== null ? [reference] : [],
  );
  // One that is accepted without a name before it is another of its series.
  const mayBeUnnamed = !rootIsHearsay && news.status === 'pending';
  const ours = rootIsHearsay || mayBeUnnamed ? ofKey : [];
  return {
    all: [...new Set([...known, ...ours])],
    adopted: rootIsHearsay && ours.length > 0,
    unnamed: mayBeUnnamed && ours.some((reference) => !known.includes(reference)),
  };
}

/** The one that a call of ours made, else the one that bears the first name, else the oldest. */
function survivorOf(
  rows: readonly MirroredAppointment[],
  { root }: FoldedBooking,
): MirroredAppointment | undefined {
  return (
    rows.find(({ source }) => source === 'slotline') ??
    rows.find(({ reference }) => reference === root) ??
    rows[0]
  );
}

/** The first name; a reference that the calendar itself gave is not touched. */
function referenceOf(row: MirroredAppointment, { root, uids, news }: FoldedBooking): string {
  if (row.source === 'slotline') return row.reference;
  if (news.reference !== undefined) return news.reference;
  return uids.includes(row.reference) ? root : row.reference;
}

function isStale(
  row: MirroredAppointment,
  { news, uids }: FoldedBooking,
  { adopted, unnamed }: Names,
  { listedAt }: MirrorOptions,
): boolean {
  if (listedAt) return row.updatedAt > listedAt;
  const isStranger = !adopted && row.providerUid !== null && !uids.includes(row.providerUid);
  // Bears a name that this news does not know: it has moved since, or moved here just now.
  if (isStranger && !(unnamed && isLater(row, news))) return true;
  // Further on under this very name, by a write of ours or a list.
  if (
    row.providerUid === news.uid &&
    news.status !== undefined &&
    STATUS_RANK[news.status] < STATUS_RANK[row.status]
  ) {
    return true;
  }
  const [known, told] = [row.providerChangedAt?.getTime(), news.changedAt?.getTime()];
  return known !== undefined && told !== undefined && known > told + CLOCK_SKEW;
}

function isLater({ providerChangedAt }: MirroredAppointment, { changedAt }: BookingNews): boolean {
  return changedAt !== null && (providerChangedAt === null || changedAt > providerChangedAt);
}

function differs(row: MirroredAppointment, news: BookingNews): boolean {
  return (
    (news.status !== undefined && news.status !== row.status) ||
    (news.start !== undefined && news.start.getTime() !== row.startAt.getTime()) ||
    (news.end !== undefined && news.end.getTime() !== row.endAt.getTime())
  );
}

/** A list is read every few minutes: rows that it says nothing new of are not written. */
function saysMore(
  row: MirroredAppointment,
  news: BookingNews,
  { listedAt }: MirrorOptions,
): boolean {
  if (!listedAt || row.providerUid !== news.uid || row.providerChangedAt === null) return true;
  return news.changedAt !== null && news.changedAt > row.providerChangedAt;
}

async function releaseTimes(
  transaction: Database,
  key: MirrorKey,
  reference: string,
  news: BookingNews,
  intents: readonly MirroredIntent[],
): Promise<void> {
  const { status } = news;
  const ended = status !== undefined && !isLive({ status });
  if (!ended && news.start === undefined) return;
  const holder = ended
    ? undefined
    : intents.find(
        ({ state, startAt }) =>
          state === 'confirmed' && startAt.getTime() === news.start?.getTime(),
      );
  await releaseIntents(
    transaction,
    { ...key, reference, ...(holder ? { except: holder.id } : {}) },
    ended
      ? `The provider says that the booking is ${status}.`
      : 'The provider says that the booking has another time.',
  );
}
