import { z } from 'zod';
import { listEventPage, lockBookingEvent } from '../../../db/booking-events.ts';
import type { BookingEvent } from '../../../db/booking-events.ts';
import type { Database } from '../../../db/database.ts';
import { readPageBehindRow } from '../../../manage/accounts/page.ts';
import { findManagedAgent } from '../../../manage/agents.ts';
import { EventChangeSchema, NewEventSchema } from '../../../manage/event-input.ts';
import {
  findManagedEvent,
  prepareEvent,
  prepareEventChange,
  storeEvent,
  storeEventChange,
} from '../../../manage/events.ts';
import { readEventReferences, removeEvent } from '../../../manage/remove-event.ts';
import { nameEvents } from '../../../manage/list-events.ts';
import type { ListedEvent } from '../../../manage/list-events.ts';
import { changedFields } from '../changed-fields.ts';
import { pageOf, pageQuery, presentPage, UuidKey } from '../paging.ts';
import { readRoute, writeRoute } from '../route.ts';

const BookingEventSchema = z
  .object({
    id: z.uuid(),
    name: z.string().meta({ description: 'How callers hear it.' }),
    agent: z.string().nullable().meta({ description: 'The slug of who books it; null: any.' }),
    calendar: z.string().nullable().meta({ description: 'The name of its calendar.' }),
    calendarId: z.uuid(),
    busyCalendars: z
      .array(z.uuid())
      .meta({ description: 'The ids of the calendars that block its times beside its own.' }),
    hosts: z
      .array(
        z.object({
          name: z.string(),
          calendar: z.uuid().meta({ description: 'The id of a calendar of their own.' }),
          busyCalendars: z.array(z.uuid()),
          availability: z.record(z.string(), z.unknown()).nullable(),
        }),
      )
      .meta({ description: 'Who takes it; none: it is booked into its own calendar.' }),
    blockedBy: z.array(z.string()).meta({ description: 'The same by their names.' }),
    provider: z.string(),
    eventType: z.string().meta({ description: "The provider's slug." }),
    durationMinutes: z.int(),
    enabled: z.boolean(),
    organizerEmail: z.string().nullable(),
    meetingLink: z.enum(['provider', 'google_meet']),
    timeZone: z.string().nullable().meta({ description: "IANA; null: the calendar's." }),
    initialBookingDate: z.string().nullable().meta({ description: '2026-11-24; null: today.' }),
    offeringDays: z.int().nullable(),
    slotsPerDay: z.int().nullable(),
    hoursBetweenSlots: z.number().nullable(),
    preparation: z
      .string()
      .nullable()
      .meta({ description: 'What its attendee has to know or to bring.' }),
    availability: z
      .record(z.string(), z.unknown())
      .nullable()
      .meta({ description: 'In a calendar that knows no opening hours; null: the usual ones.' }),
  })
  .meta({ id: 'BookingEvent' });

const KeptEventSchema = BookingEventSchema.extend({
  createdEventType: z
    .boolean()
    .meta({ description: 'The provider had no such event type: it was created.' }),
}).meta({ id: 'KeptBookingEvent' });

const EventReferencesSchema = z
  .object({
    upcoming: z.int().meta({ description: 'Appointments to come that were booked with it.' }),
    past: z.int().meta({ description: 'Those that are over or cancelled.' }),
    open: z.int().meta({ description: 'Bookings and changes whose outcome is not known yet.' }),
    agentsWithout: z
      .array(z.string())
      .meta({ description: 'Slugs of agents that would have nothing left to book.' }),
  })
  .meta({ id: 'EventReferences' });

const inOrganization = z.object({ organizationId: z.uuid() });
const ofEvent = z.object({ organizationId: z.uuid(), eventId: z.uuid() });

function present(event: ListedEvent): z.input<typeof BookingEventSchema> {
  const { ownTimeZone, calendarConnectionId, ...shown } = event;
  return {
    ...shown,
    busyCalendars: [...shown.busyCalendars],
    hosts: shown.hosts.map(({ calendarConnectionId: calendar, ...host }) => ({
      ...host,
      calendar,
    })),
    calendarId: calendarConnectionId,
    timeZone: ownTimeZone,
  };
}

async function presentOne(
  db: Database,
  event: BookingEvent,
): Promise<z.input<typeof BookingEventSchema>> {
  const [named] = await nameEvents(db, event.organizationId, [event]);
  if (!named) throw new Error('An event was given, and none came back.');
  return present(named);
}

/** What the audit log tells of an event. */
function tell(event: z.input<typeof BookingEventSchema>): Record<string, unknown> {
  return BookingEventSchema.omit({
    id: true,
    calendarId: true,
    busyCalendars: true,
    provider: true,
  }).parse(event);
}

export const BOOKING_EVENT_ROUTES = [
  readRoute({
    id: 'listBookingEvents',
    path: '/organizations/{organizationId}/booking-events',
    summary: 'What can be booked, in the order in which it was added.',
    action: 'booking-events:read',
    params: inOrganization,
    query: pageQuery(UuidKey).extend({
      agent: z
        .string()
        .max(63)
        .optional()
        .meta({ description: 'A slug: those that this agent books.' }),
    }),
    answer: pageOf(BookingEventSchema),
    async run({ db, permit: { organizationId }, query: { limit, after = null, agent } }) {
      const agentId =
        agent === undefined ? null : (await findManagedAgent(db, organizationId, agent)).id;
      const page = await readPageBehindRow({ after, limit }, (from, count) =>
        listEventPage(db, { organizationId, agentId, after: from, limit: count }),
      );
      const items = await nameEvents(db, organizationId, page.items);
      return presentPage({ ...page, items }, present, ({ id }) => id);
    },
  }),
  readRoute({
    id: 'getBookingEvent',
    path: '/organizations/{organizationId}/booking-events/{eventId}',
    summary: 'One booking event.',
    action: 'booking-events:read',
    params: ofEvent,
    query: z.strictObject({}),
    answer: BookingEventSchema,
    hasEtag: true,
    run: async ({ db, permit, params }) =>
      presentOne(db, await findManagedEvent(db, permit.organizationId, params.eventId)),
  }),
  writeRoute({
    id: 'createBookingEvent',
    method: 'post',
    path: '/organizations/{organizationId}/booking-events',
    summary: 'Lets agents book an event type, which is created at the provider if need be.',
    action: 'booking-events:write',
    params: inOrganization,
    body: NewEventSchema,
    example: { name: 'Visit', agent: null, calendar: 'Test calendar', eventType: 'visit' },
    answer: KeptEventSchema,
    status: 201,
    isIdempotent: true,
    current: null,
    ask: ({ db, outside, permit, body }) =>
      prepareEvent({ ...outside, db }, permit.organizationId, body),
    async run({ db, permit, asked }) {
      const kept = await storeEvent(db, permit.organizationId, asked);
      const event = await presentOne(db, kept.event);
      return {
        answer: { ...event, createdEventType: kept.createdEventType },
        change: {
          action: 'booking-event.added',
          subject: { kind: 'booking-event', id: event.id },
          before: null,
          after: tell(event),
        },
      };
    },
  }),
  writeRoute({
    id: 'editBookingEvent',
    method: 'patch',
    path: '/organizations/{organizationId}/booking-events/{eventId}',
    summary: 'Changes what is given of a booking event.',
    action: 'booking-events:write',
    params: ofEvent,
    body: EventChangeSchema,
    example: { slotsPerDay: 2 },
    answer: BookingEventSchema,
    status: 200,
    isIdempotent: true,
    async current({ db, permit: { organizationId }, params }) {
      await lockBookingEvent(db, { organizationId, id: params.eventId });
      return presentOne(db, await findManagedEvent(db, organizationId, params.eventId));
    },
    ask: ({ db, outside, permit, params, body }) =>
      prepareEventChange({ ...outside, db }, permit.organizationId, params.eventId, body),
    async run({ db, permit: { organizationId }, params, asked }) {
      const earlier = await findManagedEvent(db, organizationId, params.eventId);
      const before = await presentOne(db, earlier);
      const { event } = await storeEventChange(db, organizationId, asked);
      const after = await presentOne(db, event);
      return {
        answer: after,
        change: {
          action: 'booking-event.edited',
          subject: { kind: 'booking-event', id: event.id },
          ...changedFields(before, after),
        },
      };
    },
  }),
  readRoute({
    id: 'getEventReferences',
    path: '/organizations/{organizationId}/booking-events/{eventId}/references',
    summary: 'What refers to a booking event: to be read before it is removed.',
    action: 'booking-events:read',
    params: ofEvent,
    query: z.strictObject({}),
    answer: EventReferencesSchema,
    run: ({ db, permit, params }) => readEventReferences(db, permit.organizationId, params.eventId),
  }),
  writeRoute({
    id: 'removeBookingEvent',
    method: 'delete',
    path: '/organizations/{organizationId}/booking-events/{eventId}',
    summary:
      'Removes a booking event. What was booked with it stands, and is moved and cancelled as before.',
    action: 'booking-events:write',
    params: ofEvent,
    body: null,
    example: null,
    answer: EventReferencesSchema,
    status: 200,
    isIdempotent: true,
    current: null,
    async run({ db, permit: { organizationId }, params }) {
      const earlier = await findManagedEvent(db, organizationId, params.eventId);
      const before = tell(await presentOne(db, earlier));
      const { event, references } = await removeEvent(db, organizationId, params.eventId);
      return {
        answer: references,
        change: {
          action: 'booking-event.removed',
          subject: { kind: 'booking-event', id: event.id },
          before,
          after: null,
        },
      };
    },
  }),
];
