import { PropertiesError } from '../api-error.ts';
import { bookingAnswer } from '../booking-answer.ts';
import { callerOf, type Answer, type Call } from '../call.ts';
import { readInstant } from '../instant.ts';
import type { Booking } from '../model.ts';

const STATUSES = ['upcoming', 'recurring', 'past', 'cancelled', 'unconfirmed'];

/** The bookings of the key's account, by status, attendee, event type and time; by no phone number. */
export function listBookings(call: Call): Answer {
  const { query } = call;
  const { id } = callerOf(call);
  const take = readPage(query, 'take', 100, 250);
  const skip = readPage(query, 'skip', 0, Infinity);
  const matches = matcherOf(query, call.clock.now());
  const found = call.state.bookings
    .all()
    .filter((booking) => booking.hostIds.includes(id) && matches(booking));
  sort(found, query);
  const page = found.slice(skip, skip + take);
  const pages = Math.ceil(found.length / take);
  const current = Math.floor(skip / take) + 1;
  return {
    status: 200,
    body: {
      status: 'success',
      data: page.map((booking) => bookingAnswer(call.state, booking)),
      pagination: {
        returnedItems: page.length,
        totalItems: found.length,
        itemsPerPage: take,
        remainingItems: Math.max(0, found.length - skip - page.length),
        currentPage: current,
        totalPages: pages,
        hasNextPage: skip + page.length < found.length,
        hasPreviousPage: skip > 0,
      },
    },
  };
}

type Matcher = (booking: Booking) => boolean;

function matcherOf(query: URLSearchParams, now: number): Matcher {
  const matchers: Matcher[] = [];
  const status = query.get('status');
  if (status !== null) {
    const asked = status.split(',');
    if (!asked.every((each) => STATUSES.includes(each))) {
      const isEnum = `Invalid status. Allowed are ${STATUSES.join(', ')}`;
      throw new PropertiesError({ status: asked }, [
        { property: 'status', value: asked, constraints: { isEnum } },
      ]);
    }
    matchers.push((booking) => asked.some((each) => hasStatus(booking, each, now)));
  }
  const email = query.get('attendeeEmail');
  if (email !== null) {
    matchers.push((each) => each.attendee.email === email || each.guests.includes(email));
  }
  const name = query.get('attendeeName');
  if (name !== null) matchers.push((each) => each.attendee.name === name);
  const uid = query.get('bookingUid');
  if (uid !== null) matchers.push((each) => each.uid === uid);
  const types = query.get('eventTypeIds') ?? query.get('eventTypeId');
  if (types !== null) {
    const ids = new Set(types.split(',').map(Number));
    matchers.push((each) => each.eventTypeId !== null && ids.has(each.eventTypeId));
  }
  const bounds: [name: string, within: (each: Booking, bound: number) => boolean][] = [
    ['afterStart', (each, bound) => each.start >= bound],
    ['beforeEnd', (each, bound) => each.end <= bound],
    ['afterCreatedAt', (each, bound) => each.createdAt >= bound],
    ['beforeCreatedAt', (each, bound) => each.createdAt <= bound],
    ['afterUpdatedAt', (each, bound) => each.updatedAt >= bound],
    ['beforeUpdatedAt', (each, bound) => each.updatedAt <= bound],
  ];
  for (const [name, within] of bounds) {
    const bound = readInstant(query.get(name));
    if (bound !== null) matchers.push((each) => within(each, bound));
  }
  return (booking) => matchers.every((matches) => matches(booking));
}

function hasStatus(booking: Booking, status: string, now: number): boolean {
  const live = booking.status === 'accepted' || booking.status === 'pending';
  switch (status) {
    case 'upcoming':
      return live && booking.end >= now;
    case 'recurring':
      return live && booking.end >= now && booking.recurringBookingUid !== null;
    case 'past':
      return live && booking.end < now;
    case 'cancelled':
      return !live;
    default:
      return booking.status === 'pending' && booking.end >= now;
  }
}

/** Unsorted lists come in the order the bookings were made. */
function sort(bookings: Booking[], query: URLSearchParams): void {
  const keys = [
    ['sortStart', 'start'],
    ['sortEnd', 'end'],
    ['sortCreated', 'createdAt'],
    ['sortUpdatedAt', 'updatedAt'],
  ] as const;
  for (const [parameter, key] of keys) {
    const order = query.get(parameter);
    if (order !== null) {
      const sign = order === 'desc' ? -1 : 1;
      bookings.sort((one, other) => sign * (one[key] - other[key]));
    }
  }
}

function readPage(query: URLSearchParams, name: string, usual: number, most: number): number {
  const written = query.get(name);
  if (written === null) return usual;
  const value = Number(written);
  const least = name === 'take' ? 1 : 0;
  const constraints: Record<string, string> = {};
  if (value > most) constraints['max'] = `${name} must not be greater than ${most}`;
  if (!(value >= least)) constraints['min'] = `${name} must not be less than ${least}`;
  if (Object.keys(constraints).length === 0) return value;
  throw new PropertiesError({ [name]: value }, [{ property: name, value, constraints }]);
}
