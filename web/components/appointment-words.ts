import type { CallView } from '../../calls/call-view.ts';

type Status = NonNullable<CallView['appointment']>['status'];

interface AppointmentWords {
  title: string;
  icon: 'check' | 'clock' | 'cross';
  /** What a screen reader says before the time. */
  announced: string;
  /** Null where the appointment stands and can be kept in the visitor's own calendar. */
  note: string | null;
}

const WORDS: Record<Status, AppointmentWords> = {
  booked: { title: 'Appointment confirmed', icon: 'check', announced: 'Booked', note: null },
  rescheduled: { title: 'Appointment moved', icon: 'check', announced: 'Moved to', note: null },
  requested: {
    title: 'Appointment requested',
    icon: 'clock',
    announced: 'Requested',
    note: 'The business has yet to accept this time.',
  },
  cancelled: {
    title: 'Appointment cancelled',
    icon: 'cross',
    announced: 'Cancelled',
    note: 'This time is free again. Please remove it from your own calendar too.',
  },
  unconfirmed: {
    title: 'Not confirmed yet',
    icon: 'clock',
    announced: 'Not confirmed yet',
    note: 'The calendar has not answered yet. Please do not rely on this time until it is confirmed.',
  },
};

/** What the page calls an appointment, as the calendar has it. */
export function appointmentWords(status: Status): AppointmentWords {
  return WORDS[status];
}
