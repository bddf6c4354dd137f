import { useForm } from '@mantine/form';
import type { UseFormReturnType } from '@mantine/form';
import type { AnswerOf, BodyOf } from '../../api/route-types.ts';
import { hoursOf, toAvailability } from './hours-values.ts';
import type { HoursValues } from './hours-values.ts';

export type BookingEvent = AnswerOf<'getBookingEvent'>;

/** One of those who take it; hours and busy calendars of theirs stay as they are. */
export type HostValues = NonNullable<BodyOf<'createBookingEvent'>['hosts']>[number];

/** What is typed of a booking event. An empty number says nothing. */
export interface EventValues {
  /** The id of a calendar. */
  calendar: string | null;
  /** The ids of others that block its times. */
  busyCalendars: string[];
  /** None: it is booked into its own calendar. */
  hosts: HostValues[];
  eventType: string;
  durationMinutes: number | '';
  name: string;
  preparation: string;
  organizerEmail: string;
  meetingLink: BookingEvent['meetingLink'];
  /** Null: the calendar's. */
  timeZone: string | null;
  initialBookingDate: string;
  offeringDays: number | '';
  slotsPerDay: number | '';
  hoursBetweenSlots: number | '';
  /** Null: the usual ones, or those of the calendar. */
  hours: HoursValues | null;
  /** A slug; null: any agent. */
  agent: string | null;
  enabled: boolean;
}

export type EventForm = UseFormReturnType<EventValues>;

export const STEPS = ['Calendar', 'Event', 'Details', 'Times', 'Agent'] as const;

/** In which step a field is, for a problem that names it. */
const STEP_OF: Record<keyof EventValues, number> = {
  calendar: 0,
  busyCalendars: 0,
  hosts: 0,
  eventType: 1,
  durationMinutes: 1,
  name: 2,
  preparation: 2,
  organizerEmail: 2,
  meetingLink: 2,
  timeZone: 2,
  initialBookingDate: 2,
  offeringDays: 3,
  slotsPerDay: 3,
  hoursBetweenSlots: 3,
  hours: 3,
  agent: 4,
  enabled: 4,
};

/** The field of the form that a problem of the API names; null where it has none. */
export function fieldOf(named: string | null): keyof EventValues | null {
  const field = named?.startsWith('availability') ? 'hours' : named;
  return field !== null && Object.hasOwn(STEP_OF, field) ? (field as keyof EventValues) : null;
}

/** Null where the form has no such field. */
export function stepOf(named: string | null): number | null {
  const field = fieldOf(named);
  return field === null ? null : STEP_OF[field];
}

const NEW: EventValues = {
  calendar: null,
  busyCalendars: [],
  hosts: [],
  eventType: '',
  durationMinutes: '',
  name: '',
  preparation: '',
  organizerEmail: '',
  meetingLink: 'provider',
  timeZone: null,
  initialBookingDate: '',
  offeringDays: '',
  slotsPerDay: '',
  hoursBetweenSlots: '',
  hours: null,
  agent: null,
  enabled: true,
};

export function useEventForm(event: BookingEvent | null): EventForm {
  return useForm<EventValues>({
    initialValues: event ? valuesOf(event) : NEW,
    validate: {
      calendar: (calendar) => (calendar === null ? 'Choose where it is booked' : null),
      eventType: (slug) => (slug === '' ? 'Choose what is booked' : null),
      name: (name) => (name.trim() === '' ? 'Say how callers hear it' : null),
      hosts: (hosts) =>
        hosts.some(({ name }) => name.trim() === '') ? 'Say who each of them is' : null,
    },
  });
}

function valuesOf(event: BookingEvent): EventValues {
  const { calendarId, organizerEmail, initialBookingDate, offeringDays } = event;
  const { eventType, durationMinutes, name, meetingLink, timeZone, agent, enabled } = event;
  return {
    eventType,
    durationMinutes,
    name,
    meetingLink,
    timeZone,
    agent,
    enabled,
    calendar: calendarId,
    busyCalendars: event.busyCalendars,
    hosts: hostsOf(event),
    preparation: event.preparation ?? '',
    organizerEmail: organizerEmail ?? '',
    initialBookingDate: initialBookingDate ?? '',
    offeringDays: offeringDays ?? '',
    slotsPerDay: event.slotsPerDay ?? '',
    hoursBetweenSlots: event.hoursBetweenSlots ?? '',
    hours: hoursOf(event.availability),
  };
}

/** As an edit names them. */
export function hostsOf({ hosts }: BookingEvent): HostValues[] {
  return hosts.map(({ availability, ...host }) => ({
    ...host,
    ...(availability === null ? {} : { availability }),
  }));
}

/** As the API takes it. */
export function toBody(values: EventValues): BodyOf<'createBookingEvent'> {
  const { calendar, durationMinutes, organizerEmail, initialBookingDate, hours, ...rest } = values;
  return {
    ...rest,
    calendar: rest.hosts[0]?.calendar ?? calendar ?? '',
    ...(durationMinutes === '' ? {} : { durationMinutes }),
    ...(hours === null ? {} : { availability: toAvailability(hours) }),
    preparation: rest.preparation.trim() === '' ? null : rest.preparation.trim(),
    organizerEmail: organizerEmail.trim() === '' ? null : organizerEmail.trim(),
    initialBookingDate: initialBookingDate === '' ? null : initialBookingDate,
    offeringDays: orNull(rest.offeringDays),
    slotsPerDay: orNull(rest.slotsPerDay),
    hoursBetweenSlots: orNull(rest.hoursBetweenSlots),
  };
}

function orNull(value: number | ''): number | null {
  return value === '' ? null : value;
}
