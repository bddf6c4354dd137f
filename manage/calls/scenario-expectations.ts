import { DateTime } from 'luxon';
import type { StandingThen } from '../../db/calls/calendar-then.ts';
import type { WholeCall } from '../../db/calls/whole-call.ts';
import type { StandIns } from './stand-ins.ts';

interface Expected {
  appointmentId: string | null;
  startAt: Date;
  person: { name: string; email: string | null; phone: string | null };
  isCancelled: boolean;
}

/** What a call came to, as a scenario expects it. */
export function scenarioExpectations(
  call: WholeCall,
  {
    standing,
    standIns,
    timeZone,
  }: { standing: StandingThen[]; standIns: StandIns; timeZone: string },
) {
  const bookings = standing.map(({ appointmentId, startAt, name, email, phone }): Expected => ({
    appointmentId,
    startAt,
    person: { name, email, phone },
    isCancelled: false,
  }));
  for (const intent of call.intents) follow(bookings, intent);
  const isOpen = call.intents.some(
    ({ state }) => !['confirmed', 'released', 'refused'].includes(state),
  );
  const write = ({ startAt, person }: Expected) => ({
    start: DateTime.fromJSDate(startAt, { zone: timeZone }).toISO({ suppressMilliseconds: true }),
    attendee: writePerson(person, standIns),
  });
  const cancelled = bookings.filter(({ isCancelled }) => isCancelled).map(write);
  return {
    // A process or a model that failed does not fail again.
    ...(call.outcome === null || call.outcome === 'failed' ? {} : { outcome: call.outcome }),
    tools: call.tools.map(({ name }) => name),
    ...(isOpen ? {} : { bookings: bookings.filter(({ isCancelled }) => !isCancelled).map(write) }),
    ...(cancelled.length === 0 || isOpen ? {} : { cancelled }),
    ...(call.messages.length === 0
      ? {}
      : {
          messages: call.messages.map(({ name, callbackNumber }) => ({
            ...(name === null ? {} : { name: standIns.known(name) }),
            ...(callbackNumber === null ? {} : { number: standIns.phone(callbackNumber) }),
          })),
        }),
  };
}

/** A person as a scenario's file has them, by stand-ins. */
export function writePerson(
  { name, email, phone }: Expected['person'],
  standIns: StandIns,
): { name: string; email?: string; phone?: string } {
  return {
    name: standIns.known(name),
    ...(email === null ? {} : { email: standIns.known(email) }),
    ...(phone === null ? {} : { phone: standIns.phone(phone) }),
  };
}

/** What an intent made of the bookings. One that was released was confirmed before. */
function follow(bookings: Expected[], intent: WholeCall['intents'][number]): void {
  if (intent.state !== 'confirmed' && intent.state !== 'released') return;
  const { kind, startAt, appointmentId, attendee } = intent;
  if (kind === 'book') {
    bookings.push({ appointmentId, startAt, person: attendee, isCancelled: false });
    return;
  }
  const known =
    bookings.find((one) => one.appointmentId === appointmentId) ??
    bookings.findLast(({ person }) => person.email === attendee.email);
  if (!known) return;
  if (kind === 'cancel') known.isCancelled = true;
  else known.startAt = startAt;
}
