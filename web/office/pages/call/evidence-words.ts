import { writeClock } from '../../components/call-words.ts';
import type { Evidence, Sentence, WholeCall } from './whole-call.ts';

export const VERDICT_WORDS: Record<Sentence['verdict'], string> = {
  true: 'True',
  corrected: 'Taken back',
  false: 'False',
  unproven: 'Nothing on record bears it out',
};

const WHY: Record<string, string> = {
  'weekday-of-date': 'that date is another weekday',
  'not-booked': 'nothing was booked then',
  'not-moved': 'nothing was moved then',
  'not-cancelled': 'nothing was cancelled then',
  'other-time': 'it is at another time',
  'not-offered': 'that time was not offered',
  'other-zone': 'the times are in another zone',
  'other-host': 'it is with somebody else',
  'somebody-else': 'it is somebody else’s',
};

/** Why a sentence is false. */
export function whyWords(why: string): string {
  return WHY[why] ?? why.replaceAll('-', ' ');
}

const DOES: Record<string, string> = {
  book: 'booking',
  reschedule: 'move',
  cancel: 'cancellation',
};
const INTENT_STATES: Record<string, string> = {
  requested: 'was asked for',
  claimed: 'is under way',
  confirmed: 'was confirmed by the calendar',
  released: 'was confirmed by the calendar, and has been moved or cancelled since',
  refused: 'was refused by the calendar',
  unknown: 'is not confirmed yet',
  attention: 'needs a person to look it up',
};
const APPOINTMENT_STATES: Record<string, string> = {
  confirmed: 'stands in the calendar',
  pending: 'waits to be accepted',
  cancelled: 'is cancelled by now',
  rejected: 'was not accepted',
};

/**
 * Says what bears a sentence out.
 * @param write an instant, in the organization's zone
 */
export function tellEvidence(
  { kind, at, words, start, state, heldUntil }: Evidence,
  { startedAt }: WholeCall,
  write: (at: string) => string,
): string {
  const when = at === null ? '' : ` at ${writeClock(Date.parse(at) - Date.parse(startedAt))}`;
  const of = start === null ? '' : ` (${write(start)})`;
  switch (kind) {
    case 'offer': {
      const held = heldUntil === null ? '' : `, held until ${write(heldUntil)}`;
      return start === null && at === null
        ? `The calendar answered: “${words ?? ''}”`
        : `Offered${when}: ${words ?? ''}${held}`;
    }
    case 'intent': {
      const how = INTENT_STATES[state ?? ''] ?? state ?? '';
      return `The ${DOES[words ?? ''] ?? 'change'} ${how}${when}${of}`;
    }
    case 'appointment':
      return state === null
        ? `An appointment of the caller was found${when}${of}`
        : `The appointment ${APPOINTMENT_STATES[state] ?? state}${of}`;
    case 'business':
      return `The business says: “${words ?? ''}”`;
    case 'caller':
      return `The caller said: “${words ?? ''}”`;
  }
}
