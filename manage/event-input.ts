import { DateTime } from 'luxon';
import { z } from 'zod';
import { AvailabilityChangeSchema } from '../calendar/slots/availability.ts';
import { EmailAddressSchema } from '../runtime/given/email-address.ts';
import { TimeZoneSchema } from '../runtime/given/time-zone.ts';
import { HostsSchema } from './event-hosts.ts';
import { NameSchema, TextSchema } from './parse-input.ts';

const whole = (least: number, most: number) => {
  const error = `must be a whole number from ${least} to ${most}`;
  return z.int({ error }).min(least, error).max(most, error);
};

const fields = {
  /** The slug of the agent that books it; null: every agent does. */
  agent: z.string().nullable(),
  /** A connection's name or id. */
  calendar: z.string(),
  name: NameSchema,
  eventType: z
    .string()
    .regex(/^[\w.-]{1,100}$/, 'must be the slug of an event type, such as consultation'),
};

const choices = {
  /** Minutes. */
  durationMinutes: whole(5, 480).exactOptional(),
  enabled: z.boolean().exactOptional(),
  organizerEmail: EmailAddressSchema.nullable().exactOptional(),
  meetingLink: z
    .enum(['provider', 'google_meet'], { error: 'must be provider or google_meet' })
    .exactOptional(),
  timeZone: TimeZoneSchema.nullable().exactOptional(),
  initialBookingDate: z
    .string()
    .refine((date) => /^\d{4}-\d\d-\d\d$/.test(date) && DateTime.fromISO(date).isValid, {
      error: 'must be a date, such as 2026-11-24',
    })
    .nullable()
    .exactOptional(),
  offeringDays: whole(1, 365).nullable().exactOptional(),
  slotsPerDay: whole(1, 20).nullable().exactOptional(),
  hoursBetweenSlots: z
    .number({ error: 'must be a number of hours from 0 to 24' })
    .min(0, 'must be a number of hours from 0 to 24')
    .max(24, 'must be a number of hours from 0 to 24')
    .nullable()
    .exactOptional(),
  /** What its attendee has to know or to bring: said after a booking, and in its mails. */
  preparation: TextSchema.min(1, 'must not be empty: null for none')
    .max(500, 'must have 500 characters at most')
    .nullable()
    .exactOptional(),
  /** Names or ids of other connections: what stands in them blocks its times. */
  busyCalendars: z
    .array(z.string(), { error: 'must be a list of names of calendars' })
    .max(10, 'must be ten calendars at most')
    .exactOptional(),
  /** Who takes it, each in a calendar of their own: the first one's is the event's. */
  hosts: HostsSchema.exactOptional(),
  /** Of a calendar that knows no opening hours; what is missing of it stays, null: the usual ones. */
  availability: AvailabilityChangeSchema.nullable().exactOptional(),
};

export const NewEventSchema = z.strictObject({
  ...fields,
  calendar: fields.calendar
    .exactOptional()
    .meta({ description: "A connection's name or id; that of the first host unless given." }),
  ...choices,
});

export const EventChangeSchema = z.strictObject({
  agent: fields.agent.exactOptional(),
  calendar: fields.calendar.exactOptional(),
  name: fields.name.exactOptional(),
  eventType: fields.eventType.exactOptional(),
  ...choices,
});

const {
  enabled: _enabled,
  organizerEmail: _organizerEmail,
  hosts: _hosts,
  preparation: _preparation,
  ...offering
} = choices;

/** As much of an event as decides which times are offered. */
export const EventDraftSchema = z.strictObject({
  agent: fields.agent.exactOptional(),
  calendar: fields.calendar,
  eventType: fields.eventType,
  ...offering,
});

/** What an operator says of an event; what is undefined stays, null is taken away. */
export type EventInput = { [Field in keyof z.infer<typeof EventChangeSchema>]?: unknown };
