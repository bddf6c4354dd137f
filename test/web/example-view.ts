import type { CallerDetail, CallView } from '../../calls/call-view.ts';

type Slot = NonNullable<CallView['offer']>['slots'][number];

/** Two times of one day, as a server shows them. */
export const exampleSlots: [Slot, Slot] = [
  {
    id: 'slot_1',
    label: 'Tuesday, November 24 at 1:00 PM',
    day: 'Tuesday, November 24',
    time: '1:00 PM',
    zone: 'Eastern time',
    minute: 780,
    start: '2026-11-24T18:00:00.000Z',
    end: '2026-11-24T18:30:00.000Z',
    isChosen: false,
  },
  {
    id: 'slot_2',
    label: 'Tuesday, November 24 at 2:30 PM',
    day: 'Tuesday, November 24',
    time: '2:30 PM',
    zone: 'Eastern time',
    minute: 870,
    start: '2026-11-24T19:30:00.000Z',
    end: '2026-11-24T20:00:00.000Z',
    isChosen: false,
  },
];

export const noDetails: CallerDetail[] = [
  { field: 'name', value: null, state: null, likely: null },
  { field: 'email', value: null, state: null, likely: null },
];

/** A call in which nothing was offered yet. */
export const exampleView: CallView = {
  v: 2,
  businessName: 'Harbor Street Clinic',
  rehearsal: true,
  state: 'talking',
  timeZone: 'America/New_York',
  language: 'en',
  offer: null,
  details: [],
  appointment: null,
};

const { id: _id, isChosen: _isChosen, label, ...booked } = exampleSlots[1];

export const exampleAppointment: NonNullable<CallView['appointment']> = {
  ...booked,
  status: 'booked',
  label: `${label} Eastern time`,
  attendee: { name: 'Mary Smith', email: 'mary.smith@example.com', phone: null },
};
