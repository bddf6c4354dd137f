import type { AnswerOf } from '../../api/route-types.ts';

export interface GuideStep {
  name: keyof AnswerOf<'getGuide'>;
  title: string;
  words: string;
  /** Where it is done; the first is the usual way. */
  links: readonly { to: string; words: string }[];
}

/** In the order in which they are done. */
export const STEPS: readonly GuideStep[] = [
  {
    name: 'organization',
    title: 'Your business',
    words: 'What it is called, and in which time zone you read your appointments.',
    links: [{ to: '/office/settings', words: 'Name and time zone' }],
  },
  {
    name: 'agent',
    title: 'Your receptionist',
    words: 'Its name, how it greets, which language it speaks and what it knows of your business.',
    links: [{ to: '/office/agents', words: 'Agents' }],
  },
  {
    name: 'calendar',
    title: 'Your calendar',
    words:
      'Connect the calendar that appointments go into, and say what can be booked. To try it out, the example calendar does.',
    links: [
      { to: '/office/calendars', words: 'Calendars' },
      { to: '/office/events', words: 'Booking events' },
    ],
  },
  {
    name: 'call',
    title: 'Talk with it',
    words:
      'Call it from its own page, by voice or by typing, and book an appointment as a caller would.',
    links: [{ to: '/office/agents', words: 'Choose the agent to talk with' }],
  },
  {
    name: 'number',
    title: 'Let callers in',
    words: 'Give it a phone number, or put it on your web page with one line.',
    links: [{ to: '/office/numbers', words: 'Phone numbers' }],
  },
];
