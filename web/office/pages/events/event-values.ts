import { useForm } from '@mantine/form';
import type { UseFormReturnType } from '@mantine/form';
import type { AnswerOf, BodyOf } from '../../api/route-types.ts';

export type BookingEvent = AnswerOf<'getBookingEvent'>;

/** What is typed of a booking event. An empty number says nothing. */
export interface EventValues {
  /** The id of a calendar. */
  calendar: string | null;
  eventType: string;
  durationMinutes: number | '';
  name: string;
  organizerEmail: string;
  meetingLink: BookingEvent['meetingLink'];
  /** Null: the calendar's. */
  timeZone: string | null;
  initialBookingDate: string;
  offeringDays: number | '';
  slotsPerDay: number | '';
  hoursBetweenSlots: number | '';
  /** A slug; null: any agent. */
  agent: string | null;
  enabled: boolean;
}

export type EventForm = UseFormReturnType<EventValues>;

export const STEPS = ['Calendar', 'Event', 'Details', 'Times', 'Agent'] as const;

/** In which step a field is, for a problem that names it. */
const STEP_OF: Record<keyof EventValues, number> = {
  calendar: 0,
  eventType: 1,
  durationMinutes: 1,
  name: 2,
  organizerEmail: 2,
  meetingLink: 2,
  timeZone: 2,
  initialBookingDate: 2,
  offeringDays: 3,
  slotsPerDay: 3,
  hoursBetweenSlots: 3,
  agent: 4,
  enabled: 4,
};

/** Null where the form has no such field. */
export function stepOf(field: string | null): number | null {
  return field !== null && Object.hasOwn(STEP_OF, field)
    ? STEP_OF[field as keyof EventValues]
    : null;
}

const NEW: EventValues = {
  calendar: null,
  eventType: '',
  durationMinutes: '',
  name: '',
  organizerEmail: '',
  meetingLink: 'provider',
  timeZone: null,
  initialBookingDate: '',
  offeringDays: '',
  slotsPerDay: '',
  hoursBetweenSlots: '',
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
    organizerEmail: organizerEmail ?? '',
    initialBookingDate: initialBookingDate ?? '',
    offeringDays: offeringDays ?? '',
    slotsPerDay: event.slotsPerDay ?? '',
    hoursBetweenSlots: event.hoursBetweenSlots ?? '',
  };
}

/** As the API takes it. */
export function toBody(values: EventValues): BodyOf<'createBookingEvent'> {
  const { calendar, durationMinutes, organizerEmail, initialBookingDate, ...rest } = values;
  return {
    ...rest,
    calendar: calendar ?? '',
    ...(durationMinutes === '' ? {} : { durationMinutes }),
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
