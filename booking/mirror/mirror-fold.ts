import type { Attendee, BookingNews, BookingStatus } from '../../calendar/calendar.ts';

/** One booking, whatever it was called in the course of time. */
export interface FoldedBooking {
  /** Its first name, as far as is known. */
  root: string;
  /** Every name it had, also those that are only known as what came before. */
  uids: string[];
  /** Where the root is only known as what came before: there may be more before it. */
  rootIsHearsay: boolean;
  news: BookingNews;
}

/**
 * Under one name a booking goes from pending to confirmed to its end, and never back: this tells
 * older from newer without a clock. A move gives it another name, and it begins anew.
 */
export const STATUS_RANK: Record<BookingStatus, number> = {
  pending: 0,
  confirmed: 1,
  rejected: 2,
  cancelled: 2,
};

/**
 * Makes one statement of all that was said of a booking. The order in which it was said is taken
 * from the moves (a later name wins) and the provider's instants, never from the order of arrival:
 * the same set of news makes the same statement.
 */
export function foldNews(all: readonly [BookingNews, ...BookingNews[]]): FoldedBooking {
  const previous = new Map<string, string>();
  for (const { uid, previousUid } of all) {
    if (previousUid !== undefined) previous.set(uid, previousUid);
  }
  const ordered = all
    .map((news) => ({ news, depth: pathTo(news.uid, previous).length }))
    .sort((a, b) => a.depth - b.depth || compareInTime(a.news, b.news));
  const [first, ...rest] = ordered.map(({ news }) => news);
  const news = rest.reduce(mergeNews, first ?? all[0]);
  const path = pathTo(news.uid, previous);
  const root = path.at(-1) ?? news.uid;
  return {
    root,
    uids: [...new Set(all.flatMap(({ uid, previousUid }) => [uid, previousUid ?? uid]))],
    rootIsHearsay: path.length > 1 && !all.some(({ uid }) => uid === root),
    news,
  };
}

/** The names from this one back to the first that is known. */
function pathTo(uid: string, previous: ReadonlyMap<string, string>): string[] {
  const path = [uid];
  for (
    let before = previous.get(uid);
    before !== undefined && !path.includes(before);
    before = previous.get(before)
  ) {
    path.push(before);
  }
  return path;
}

function compareInTime(a: BookingNews, b: BookingNews): number {
  return (
    (a.changedAt?.getTime() ?? 0) - (b.changedAt?.getTime() ?? 0) ||
    rankOf(a) - rankOf(b) ||
    // Of two that nothing tells apart any order will do, as long as it is always the same.
    compareText(JSON.stringify(a), JSON.stringify(b))
  );
}

function rankOf({ status }: BookingNews): number {
  return status === undefined ? 1 : STATUS_RANK[status];
}

function compareText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

function mergeNews(older: BookingNews, newer: BookingNews): BookingNews {
  const status = mergeStatus(older, newer);
  const attendees = mergeAttendees(older.attendees, newer.attendees);
  return {
    ...older,
    ...newer,
    ...(status === undefined ? {} : { status }),
    ...(attendees === undefined ? {} : { attendees }),
    // What only some payloads carry is not gone because another leaves it empty.
    ...(older.notes && !newer.notes ? { notes: older.notes } : {}),
    ...(older.key && !newer.key ? { key: older.key } : {}),
    ...(older.paid === true ? { paid: true } : {}),
    changedAt:
      older.changedAt !== null && (newer.changedAt === null || older.changedAt > newer.changedAt)
        ? older.changedAt
        : newer.changedAt,
  };
}

/** A booking that has ended under one name stays ended; a move gives it another name. */
function mergeStatus(older: BookingNews, newer: BookingNews): BookingStatus | undefined {
  if (newer.status === undefined) return older.status;
  if (older.status === undefined || older.uid !== newer.uid) return newer.status;
  return STATUS_RANK[newer.status] >= STATUS_RANK[older.status] ? newer.status : older.status;
}

/** Payloads of some triggers leave out the number that others carry. */
function mergeAttendees(
  older: Attendee[] | undefined,
  newer: Attendee[] | undefined,
): Attendee[] | undefined {
  const [before] = older ?? [];
  const [now, ...others] = newer ?? [];
  if (!now) return older;
  if (!before) return newer;
  return [
    { ...now, email: now.email ?? before.email, phone: now.phone ?? before.phone },
    ...others,
  ];
}
