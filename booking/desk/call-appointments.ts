import type { Attendee, Slot } from '../../calendar/calendar.ts';
import { BookingError } from '../booking-error.ts';
import type { CallView } from '../../calls/call-view.ts';
import type { Bookable } from './bookable.ts';
import type { DeskFacts } from './desk-facts.ts';

/**
 * An appointment as the page shows it, from the booking itself: without the attendee of one that was
 * found, since the caller may not be its owner after all.
 */
export type CallAppointment = NonNullable<CallView['appointment']> & {
  /** The caller's, IANA. */
  timeZone: string;
  /** For the call's row, which only operators read; null while the booking is not confirmed. */
  confirmation: { appointmentId: string; reference: string; attendee: Attendee } | null;
  /** ISO, UTC: its start before this call moved it, of one that was moved. */
  before: string | null;
};

/** An appointment that this call made, or whose owner the caller has proved to be. */
export interface KnownAppointment {
  bookable: Bookable;
  /** The row's. */
  appointmentId: string;
  slot: Slot;
  attendee: Attendee;
  /** With whom it is; missing where nobody is named. */
  host?: string | undefined;
  /** The business has yet to accept it. */
  isPending: boolean;
  /** The caller has proved to be its owner; else this call made it. */
  isFound: boolean;
}

/** What {@link CallAppointments} know, as JSON; events are named by the ids of their bookables, instants are ISO. */
export interface AppointmentsState {
  known: (Pick<
    KnownAppointment,
    'appointmentId' | 'attendee' | 'host' | 'isPending' | 'isFound'
  > & {
    handle: string;
    event: string;
    start: string;
    end: string;
  })[];
  named: number;
  changes: CallAppointment[];
  starts: string[];
  ends: string[];
}

/**
 * What one call knows of appointments. The model names them by handles of this call, so that it
 * can name no other.
 */
export class CallAppointments {
  readonly #known = new Map<string, KnownAppointment>();
  /** Only grows: a handle never comes to name another appointment. */
  #named = 0;
  readonly #changes: CallAppointment[] = [];
  readonly #starts: Date[] = [];
  readonly #ends: Date[] = [];

  /** All of it, to be kept between two requests of one call. */
  get state(): AppointmentsState {
    return {
      known: [...this.#known].map(([handle, { bookable, slot, ...known }]) => ({
        ...known,
        handle,
        event: bookable.id,
        start: slot.start.toISOString(),
        end: slot.end.toISOString(),
      })),
      named: this.#named,
      changes: this.#changes,
      starts: this.#starts.map((start) => start.toISOString()),
      ends: this.#ends.map((end) => end.toISOString()),
    };
  }

  /**
   * Goes on from what was kept.
   * @param bookableOf by the id of an event
   */
  restore(state: AppointmentsState, bookableOf: (event: string) => Bookable | undefined): void {
    for (const { handle, event, start, end, ...known } of state.known) {
      const bookable = bookableOf(event);
      const slot = { start: new Date(start), end: new Date(end) };
      if (bookable) this.#known.set(handle, { ...known, bookable, slot });
    }
    this.#named = state.named;
    this.#changes.push(...state.changes);
    this.#starts.push(...state.starts.map((start) => new Date(start)));
    this.#ends.push(...state.ends.map((end) => new Date(end)));
  }

  /** Notes an appointment and answers its handle, the same each time: "appointment_1". */
  know(appointment: KnownAppointment): string {
    const { appointmentId } = appointment;
    const present = [...this.#known].find(([, other]) => other.appointmentId === appointmentId);
    const handle = present?.[0] ?? `appointment_${(this.#named += 1)}`;
    this.#set(handle, appointment);
    return handle;
  }

  /** It has another time now, or another row: its handle stays. */
  replace(handle: string, appointment: KnownAppointment): void {
    this.#set(handle, appointment);
  }

  /** @throws {BookingError} `appointment-not-known` */
  find(handle: string): KnownAppointment {
    const known = this.#known.get(handle);
    if (known) return known;
    throw new BookingError(
      'appointment-not-known',
      'That appointment is not known in this call. Call find_appointments first and use an appointment_id of its answer.',
    );
  }

  forget(handle: string): void {
    this.#known.delete(handle);
  }

  /** Something was booked, moved or cancelled in this call, or could not be confirmed. */
  note(appointment: CallAppointment): void {
    this.#changes.push(appointment);
  }

  /** All that changed, in its order. */
  get changes(): readonly CallAppointment[] {
    return this.#changes;
  }

  /** What stands and what was done so far. */
  get facts(): Pick<DeskFacts, 'ends' | 'standing' | 'done' | 'knownStarts'> {
    return {
      standing: [...this.#known.values()].map(({ slot, isPending, host }) => ({
        start: slot.start,
        isPending,
        host,
      })),
      ends: this.#ends,
      done: this.#changes.flatMap(({ status, start }) =>
        status === 'unconfirmed' ? [] : [{ status, start: new Date(start) }],
      ),
      knownStarts: this.#starts,
    };
  }

  /** What changed last; null before the first change. */
  get last(): CallAppointment | null {
    return this.#changes.at(-1) ?? null;
  }

  #set(handle: string, appointment: KnownAppointment): void {
    this.#known.set(handle, appointment);
    this.#starts.push(appointment.slot.start);
    this.#ends.push(appointment.slot.end);
  }

  /** The same appointment of the same attendee, when this call knows it already. */
  findSame(
    bookable: Bookable,
    start: Date,
    attendee: Attendee,
  ): { handle: string; known: KnownAppointment } | undefined {
    const same = [...this.#known].find(
      ([, known]) =>
        known.bookable === bookable &&
        known.slot.start.getTime() === start.getTime() &&
        isSameAttendee(known.attendee, attendee),
    );
    return same && { handle: same[0], known: same[1] };
  }
}

/** A name is heard in more than one way, an e-mail address is somebody's. */
function isSameAttendee(one: Attendee, other: Attendee): boolean {
  if (one.email !== null || other.email !== null) return one.email === other.email;
  return one.phone === other.phone && one.name.toLowerCase() === other.name.toLowerCase();
}
