import { z } from 'zod';
import { PhoneNumberSchema } from '../../runtime/given/phone-number.ts';
import type { Attendee, Booking, BookingStatus } from '../calendar.ts';
import { idOf } from './event-type.ts';

const Instant = z.iso.datetime({ offset: true }).transform((text) => new Date(text));

/** Calendly leaves a text out, null or empty. */
const Text = z
  .string()
  .nullish()
  .transform((text) => text || null);

const PlaceSchema = z.looseObject({ type: z.string(), location: Text, join_url: Text });

/** What is used of a meeting. Calendly calls it an event, and every one who comes an invitee. */
export const EventSchema = z.object({
  uri: z.string(),
  name: Text,
  status: z.enum(['active', 'canceled']),
  start_time: Instant,
  end_time: Instant,
  /** Null where the event type is gone. */
  event_type: Text,
  location: PlaceSchema.nullish(),
  invitees_counter: z.object({ limit: z.number() }).nullish(),
  created_at: Instant,
  updated_at: Instant,
  cancellation: z.object({ reason: Text }).nullish(),
  event_memberships: z.array(z.object({ user_name: Text, user_email: Text })).nullish(),
  event_guests: z.array(z.object({ email: z.string() })).nullish(),
});

export type CalendlyEvent = z.infer<typeof EventSchema>;

const AnswerSchema = z.object({
  question: z.string(),
  answer: z.string(),
  position: z.number().nullish(),
});

/** What is used of who comes. */
export const InviteeSchema = z.object({
  uri: z.string(),
  /** The URI of the meeting. */
  event: z.string(),
  name: Text,
  email: z.string(),
  timezone: Text,
  status: z.enum(['active', 'canceled']),
  created_at: Instant,
  updated_at: Instant,
  text_reminder_number: Text,
  questions_and_answers: z.array(AnswerSchema).nullish(),
  /** Whether they chose another time, on the page of Calendly. */
  rescheduled: z.boolean().nullish(),
  /** URIs of who they were before and after such a choice. */
  old_invitee: Text,
  new_invitee: Text,
  tracking: z
    .object({
      utm_source: Text,
      utm_medium: Text,
      utm_campaign: Text,
      utm_content: Text,
      utm_term: Text,
    })
    .nullish(),
  cancellation: z.object({ reason: Text }).nullish(),
});

export type CalendlyInvitee = z.infer<typeof InviteeSchema>;

/** A meeting with the one who comes. */
export interface CalendlyRecord {
  event: CalendlyEvent;
  invitee: CalendlyInvitee;
}

/** What we write beside a booking, for Calendly to give it back with every answer and webhook. */
export interface OwnMarks {
  /** The key of the wish that made it; null where somebody else did. */
  key: string | null;
  /** Our reference, where the booking has taken the place of another. */
  root: string | null;
  /** The id of the meeting whose place it has taken. */
  previous: string | null;
  /** E.164: Calendly's own field for a number would have it texted. */
  phone: string | null;
}

const SOURCE = 'slotline';

/** All fields must be there where one is. */
export function toTracking({ key, root, previous, phone }: OwnMarks) {
  return {
    utm_source: SOURCE,
    utm_content: key,
    utm_term: root,
    utm_campaign: previous,
    utm_medium: phone,
    salesforce_uuid: null,
  };
}

export function marksOf({ tracking }: Pick<CalendlyInvitee, 'tracking'>): OwnMarks {
  if (tracking?.utm_source !== SOURCE)
    return { key: null, root: null, previous: null, phone: null };
  return {
    key: tracking.utm_content,
    root: tracking.utm_term,
    previous: tracking.utm_campaign,
    phone: tracking.utm_medium,
  };
}

/** The id of the meeting that a URI of it, or of somebody who comes to it, names; null for any other. */
export function eventIdOf(uri: string | null): string | null {
  return /\/scheduled_events\/([^/?#]+)/.exec(uri ?? '')?.[1] ?? null;
}

/** What Calendly calls the booking now. */
export function uidOf({ event }: Pick<CalendlyRecord, 'event'>): string {
  return idOf(event.uri);
}

/** The uid of the booking whose place this one has taken, by whoever's choice; null for a first one. */
export function previousOf({ invitee }: Pick<CalendlyRecord, 'invitee'>): string | null {
  return eventIdOf(invitee.old_invitee) ?? marksOf(invitee).previous;
}

/** Whether several share the start: such meetings are not booked here. */
export function isForGroups({ invitees_counter: counter }: CalendlyEvent): boolean {
  return (counter?.limit ?? 1) > 1;
}

/** Whether a booking takes its time. */
export function isLiveRecord({ event, invitee }: CalendlyRecord): boolean {
  return event.status === 'active' && invitee.status === 'active';
}

export function statusOf(record: CalendlyRecord): BookingStatus {
  return isLiveRecord(record) ? 'confirmed' : 'cancelled';
}

/** @param reference the uid of the first booking of the chain */
export function toBooking(record: CalendlyRecord, reference: string): Booking {
  const { event, invitee } = record;
  return {
    reference,
    uid: uidOf(record),
    start: event.start_time,
    end: event.end_time,
    status: statusOf(record),
    attendee: toAttendee(invitee),
    key: marksOf(invitee).key,
    location: placeNameOf(event.location),
  };
}

export function toAttendee(invitee: CalendlyInvitee): Attendee {
  const phone = [marksOf(invitee).phone, invitee.text_reminder_number]
    .map((written) => PhoneNumberSchema.safeParse(written ?? '').data)
    .find((number) => number !== undefined);
  return {
    name: invitee.name ?? '',
    email: invitee.email,
    phone: phone ?? null,
    timeZone: invitee.timezone ?? 'UTC',
  };
}

/** Where it takes place, in words for a person; null where only its kind is known. */
export function placeNameOf(place: CalendlyEvent['location']): string | null {
  return place?.join_url ?? place?.location ?? null;
}
