import {
  findBookingEvent,
  insertBookingEvent,
  listBookingEvents,
  updateBookingEvent,
} from '../db/booking-events.ts';
import type { BookingEvent, NewBookingEvent } from '../db/booking-events.ts';
import type { Database } from '../db/database.ts';
import { inTransaction } from '../db/in-transaction.ts';
import { LOCKS, takeLock } from '../db/locks.ts';
import { findManagedAgent } from './agents.ts';
import { chooseBusyCalendars } from './busy-calendars.ts';
import { changeAvailability } from './event-availability.ts';
import { readHosts } from './event-hosts.ts';
import { chooseConnection, connectionOf, ensureEverywhere, takersOf } from './event-places.ts';
import { EventChangeSchema, NewEventSchema } from './event-input.ts';
import type { EventInput } from './event-input.ts';
import { findNamed } from './find-named.ts';
import { ManageError } from './manage-error.ts';
import type { ManageParts } from './manage-parts.ts';
import { parseInput } from './parse-input.ts';

export interface KeptEvent {
  event: BookingEvent;
  /** The provider had no such event type: it was created. */
  createdEventType: boolean;
}

/** An event that can be stored: the provider has its event type. */
export interface PreparedEvent {
  event: Omit<NewBookingEvent, 'organizationId'>;
  createdEventType: boolean;
}

/** The same of a change. */
export interface PreparedChange {
  id: string;
  change: Partial<PreparedEvent['event']>;
  createdEventType: boolean;
}

/** @throws {ManageError} {CalendarTrouble} */
export async function addEvent(
  parts: ManageParts,
  organizationId: string,
  input: EventInput,
): Promise<KeptEvent> {
  const prepared = await prepareEvent(parts, organizationId, input);
  return storeEvent(parts.db, organizationId, prepared);
}

/**
 * Reads what was given of a new event and asks its provider; nothing is stored here.
 * @throws {ManageError} {CalendarTrouble}
 */
export async function prepareEvent(
  parts: ManageParts,
  organizationId: string,
  input: EventInput,
): Promise<PreparedEvent> {
  const { db } = parts;
  const parsed = parseInput(NewEventSchema, input);
  const { agent, calendar, availability: hours, busyCalendars: named = [], ...rest } = parsed;
  const { hosts: wanted = [], ...event } = rest;
  const agentId = await findAgentId(db, organizationId, agent);
  const hosts = await readHosts(parts, organizationId, wanted, []);
  const takers = hosts.map((host) => host.connection);
  const connection = await chooseConnection(db, organizationId, { calendar, taker: takers[0] });
  await refuseTakenName(db, organizationId, { agentId, name: event.name, id: null });
  const availability = changeAvailability(parts, connection, { present: null, change: hours });
  const busyCalendars = await chooseBusyCalendars(parts, connection, named);
  const { durationMinutes, created } = await ensureEverywhere(parts, [connection, ...takers], {
    slug: event.eventType,
    title: event.name,
    durationMinutes: event.durationMinutes,
  });
  return {
    event: {
      ...event,
      ...(availability === undefined ? {} : { availability }),
      busyCalendars,
      hosts: hosts.map(({ host }) => host),
      agentId,
      calendarConnectionId: connection.id,
      durationMinutes,
    },
    createdEventType: created,
  };
}

/** @throws {ManageError} its name is taken */
export function storeEvent(
  db: Database,
  organizationId: string,
  { event, createdEventType }: PreparedEvent,
): Promise<KeptEvent> {
  return inTransaction(db, async (transaction) => {
    await takeLock(transaction, LOCKS.bookingEvents(organizationId));
    await refuseTakenName(transaction, organizationId, { ...event, id: null });
    const id = await insertBookingEvent(transaction, { organizationId, ...event });
    return { event: await reread(transaction, { organizationId, id }), createdEventType };
  });
}

/** @throws {ManageError} {CalendarTrouble} */
export async function editEvent(
  parts: ManageParts,
  organizationId: string,
  wanted: string,
  input: EventInput,
): Promise<KeptEvent> {
  const prepared = await prepareEventChange(parts, organizationId, wanted, input);
  return storeEventChange(parts.db, organizationId, prepared);
}

/**
 * Reads what is to be changed of an event, and asks its provider where it is booked otherwise then.
 * @throws {ManageError} {CalendarTrouble}
 */
export async function prepareEventChange(
  parts: ManageParts,
  organizationId: string,
  wanted: string,
  input: EventInput,
): Promise<PreparedChange> {
  const { db } = parts;
  const present = await findManagedEvent(db, organizationId, wanted);
  const parsed = parseInput(EventChangeSchema, input);
  const { agent, calendar, availability: hours, busyCalendars: named, ...rest } = parsed;
  const { hosts: given, ...change } = rest;
  const isNothing = Object.values(parsed).every((value) => value === undefined);
  if (isNothing) {
    throw new ManageError('Say what is to be changed.');
  }
  const agentId =
    agent === undefined ? present.agentId : await findAgentId(db, organizationId, agent);
  const name = change.name ?? present.name;
  await refuseTakenName(db, organizationId, { agentId, name, id: present.id });
  const hosts = given && (await readHosts(parts, organizationId, given, present.hosts));
  const takers = hosts ? hosts.map((each) => each.connection) : await takersOf(db, present);
  const connection =
    calendar === undefined && takers.length === 0
      ? await connectionOf(db, present)
      : await chooseConnection(db, organizationId, { calendar, taker: takers[0] });
  const availability = changeAvailability(parts, connection, {
    present: present.availability,
    change: hours,
  });
  const busyCalendars =
    named === undefined && calendar === undefined
      ? undefined
      : await chooseBusyCalendars(parts, connection, named ?? present.busyCalendars);
  const isBookedElse =
    calendar !== undefined ||
    hosts !== undefined ||
    change.eventType !== undefined ||
    change.durationMinutes !== undefined ||
    change.enabled === true;
  const ensured = isBookedElse
    ? await ensureEverywhere(parts, [connection, ...takers], {
        slug: change.eventType ?? present.eventType,
        title: name,
        durationMinutes:
          change.durationMinutes ?? (change.eventType ? undefined : present.durationMinutes),
      })
    : { durationMinutes: present.durationMinutes, created: false };
  return {
    id: present.id,
    change: {
      ...change,
      ...(availability === undefined ? {} : { availability }),
      ...(busyCalendars === undefined ? {} : { busyCalendars }),
      ...(hosts === undefined ? {} : { hosts: hosts.map(({ host }) => host) }),
      agentId,
      calendarConnectionId: connection.id,
      durationMinutes: ensured.durationMinutes,
    },
    createdEventType: ensured.created,
  };
}

/** @throws {ManageError} its name is taken, or the event is gone */
export function storeEventChange(
  db: Database,
  organizationId: string,
  { id, change, createdEventType }: PreparedChange,
): Promise<KeptEvent> {
  return inTransaction(db, async (transaction) => {
    await takeLock(transaction, LOCKS.bookingEvents(organizationId));
    const present = await reread(transaction, { organizationId, id });
    await refuseTakenName(transaction, organizationId, { ...present, ...change, id });
    await updateBookingEvent(transaction, present, change);
    return { event: await reread(transaction, present), createdEventType };
  });
}

/**
 * An event by its name or id.
 * @throws {ManageError} naming those whose name is near, where there is none of this one
 */
export async function findManagedEvent(
  db: Database,
  organizationId: string,
  wanted: string,
): Promise<BookingEvent> {
  return findNamed(await listBookingEvents(db, organizationId), wanted, 'event');
}

async function findAgentId(
  db: Database,
  organizationId: string,
  slug: string | null,
): Promise<string | null> {
  return slug === null ? null : (await findManagedAgent(db, organizationId, slug)).id;
}

/** A caller who is asked which event must hear two names. */
async function refuseTakenName(
  db: Database,
  organizationId: string,
  event: { agentId: string | null; name: string; id: string | null },
): Promise<void> {
  const name = event.name.toLowerCase();
  const taken = (await listBookingEvents(db, organizationId)).some(
    (each) =>
      each.id !== event.id &&
      each.name.toLowerCase() === name &&
      (each.agentId === event.agentId || each.agentId === null || event.agentId === null),
  );
  if (!taken) return;
  throw new ManageError('The agent has an event of this name already: choose another one.', {
    field: 'name',
    fault: 'taken',
  });
}

async function reread(
  db: Database,
  key: { organizationId: string; id: string },
): Promise<BookingEvent> {
  const event = await findBookingEvent(db, key);
  if (!event) throw new ManageError('The event was removed meanwhile.', { fault: 'missing' });
  return event;
}
