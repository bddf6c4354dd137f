import type { HistoryEntry } from './history.tsx';

type Of<Kind extends HistoryEntry['kind']> = Extract<HistoryEntry, { kind: Kind }>;

const WISHES = {
  book: { asked: 'Booking asked for', done: 'Booked', not: 'Not booked' },
  reschedule: { asked: 'Move asked for', done: 'Moved', not: 'Not moved' },
  cancel: { asked: 'Cancellation asked for', done: 'Cancelled', not: 'Not cancelled' },
};

/** One step of a booking, a move or a cancellation. */
export function stepWords({ wish, state }: Of<'step'>): string {
  const { asked, done, not } = WISHES[wish];
  switch (state) {
    case 'requested':
      return asked;
    case 'claimed':
      return 'The time was kept, and the calendar asked';
    case 'confirmed':
      return done;
    case 'refused':
      return not;
    case 'unknown':
      return 'The calendar did not say whether it was done';
    case 'attention':
      return 'It could not be found out: somebody has to look into the calendar';
    case 'released':
      return 'Its time was given free';
  }
}

const NEWS = {
  received: 'is waiting to be read',
  applied: 'was taken over',
  stale: 'was known already',
  ignored: 'did not matter here',
  failed: 'could not be read',
};

export function newsWords({ trigger, state }: Of<'news'>): string {
  return `News of the calendar (${trigger.toLowerCase().replaceAll('_', ' ')}) ${NEWS[state]}`;
}

const MAILS = {
  pending: 'A mail to the attendee waits to be sent',
  sent: 'The attendee was sent a mail',
  failed: 'A mail to the attendee could not be sent',
};

export function mailWords({ state, message }: Of<'mail'>): string {
  return `${MAILS[state]}: ${message.replaceAll('_', ' ')}`;
}
