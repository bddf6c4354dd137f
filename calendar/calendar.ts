/** A time that can be booked. Instants are UTC; a zone appears only where a person speaks or reads. */
export interface Slot {
  start: Date;
  end: Date;
}

/** How long a slot is. */
export function minutesOf({ start, end }: Slot): number {
  return (end.getTime() - start.getTime()) / 60_000;
}

/** Whether they have a moment in common; that one ends when the other begins is none. */
export function overlaps(one: Slot, other: Slot): boolean {
  return one.start < other.end && other.start < one.end;
}

/** From `from`, inclusive, to `to`, exclusive. */
export interface TimeRange {
  from: Date;
  to: Date;
}

/** Who the appointment is for. */
export interface Attendee {
  name: string;
  /** Null too where the provider keeps one that it made up. */
  email: string | null;
  /** E.164. */
  phone: string | null;
  /** IANA; the zone in which the attendee reads times. */
  timeZone: string;
}

export type AttendeeField = 'name' | 'email' | 'phone';

/** `pending`: the owner has yet to accept it; `rejected`: the owner did not. */
export type BookingStatus = 'confirmed' | 'pending' | 'cancelled' | 'rejected';

/** Whether a booking takes its time: its owner may still have to accept it. */
export function isLive({ status }: { status: BookingStatus }): boolean {
  return status === 'confirmed' || status === 'pending';
}

export interface Booking {
  /** Stays the same when the booking moves; a secret, since some providers answer anybody who knows it. */
  reference: string;
  /** What the provider calls it now; the reference where that never changes. */
  uid: string;
  start: Date;
  end: Date;
  status: BookingStatus;
  attendee: Attendee;
  /** The key handed to {@link Calendar.book}; null for a booking that was not made by us. */
  key: string | null;
  /** Where the meeting takes place: an address, a link or a number; null where none is known. */
  location: string | null;
  /**
   * True where the provider has no way to move one and a move has not got to its end: it is booked as
   * is said here, and where it was before too. To move it here once more ends that.
   */
  isHalfMoved?: boolean;
  /** Who takes it, as the provider answers; null or missing where it does not say. */
  host?: string | null;
}

/**
 * What a provider says of a booking, in a webhook or in a list. A field that is missing was not
 * spoken of; null says that there is none.
 */
export interface BookingNews {
  /** What the provider calls the booking now. */
  uid: string;
  /** What it was called before it moved. */
  previousUid?: string;
  /** The stable reference, where the provider tells it. */
  reference?: string;
  /** The provider's own instant of this news or, in a list, of the booking's last change. */
  changedAt: Date | null;
  status?: BookingStatus;
  start?: Date;
  end?: Date;
  /** The provider's slug. */
  eventType?: string;
  /** The key handed to {@link Calendar.book}. */
  key?: string | null;
  /** The first is who booked. */
  attendees?: Attendee[];
  organizer?: { name: string | null; email: string | null };
  title?: string | null;
  description?: string | null;
  notes?: string | null;
  location?: string | null;
  /** Why it was cancelled or rejected. */
  reason?: string | null;
  responses?: Record<string, unknown>;
  metadata?: Record<string, unknown>;
  paid?: boolean;
  paymentId?: string | null;
}

/** Something that the provider asks of an attendee beside name, e-mail and phone. */
export interface BookingQuestion {
  /** What the provider calls it; the key of {@link BookRequest.answers}. */
  key: string;
  /** In words that can be asked aloud. */
  label: string;
  required: boolean;
  /** The only answers allowed; null where any text is. */
  options: string[] | null;
}

export interface BookRequest {
  slot: Slot;
  attendee: Attendee;
  /** Stored by the caller before the call; one key makes one booking at most, however often it is sent. */
  key: string;
  notes: string | null;
  /** By the key of each {@link BookingQuestion}. */
  answers: Record<string, string>;
}

/**
 * At least one field; a booking must match all that are given. With a key or a reference, e-mail and
 * phone may only help to look: a provider need not keep what it was sent.
 */
export interface BookingQuery {
  email?: string;
  phone?: string;
  key?: string;
  reference?: string;
}

/** What changed at the provider, and until when. */
export interface CalendarChanges {
  /** One that is gone is told of as cancelled, by its name alone. */
  news: (BookingNews & { reference: string })[];
  /** The provider's own mark of where this answer ends. */
  mark: string;
  /**
   * True where all there is was told anew, since nothing is known of the mark that was given: what is
   * gone since then is not among it, and whoever knows of more looks it up.
   */
  isWhole?: boolean;
}

export interface CalendarDescription {
  /** IANA; the zone of the calendar's owner. */
  timeZone: string;
  /** How long a slot is unless another duration is asked for. */
  durationMinutes: number;
  /** Every duration that can be asked for, in minutes, in order; the usual one is among them. */
  durations: number[];
  /** What {@link Calendar.book} refuses to go without. */
  requiredAttendeeFields: AttendeeField[];
  questions: BookingQuestion[];
  /** What its operator should know of it, each for a list; missing where there is nothing to say. */
  remarks?: readonly string[];
  /**
   * True where nothing else of this calendar can be at the same time; false where several hosts or
   * seats share a start, and the provider alone knows how many are left.
   */
  exclusive: boolean;
  supports: {
    /** False where it is for whoever asks to book anew and then cancel the old. */
    reschedule: boolean;
    /** True where the provider itself writes to the attendee. */
    confirmationMail: boolean;
  };
}

/**
 * One event type of one calendar. Every method ends within the adapter's deadline and throws a
 * {@link CalendarError} of calendar-error.ts, never anything else.
 */
export interface Calendar {
  describe(): Promise<CalendarDescription>;

  /**
   * The free slots that start in the range, in order. A range in the past answers none.
   * @param durationMinutes one of {@link CalendarDescription.durations}; the usual one by default
   */
  listSlots(range: TimeRange, durationMinutes?: number): Promise<Slot[]>;

  /**
   * Books a slot that a fresh {@link listSlots} would still list.
   *
   * The same key again answers the booking it made. A write is never blindly repeated: when its
   * outcome cannot be told, {@link OutcomeUnknownError} is thrown, and {@link findBookings} with the
   * key settles it later.
   *
   * @throws {SlotUnavailableError} taken, past, off the grid or out of range: nothing was booked
   * @throws {RequestRefusedError} naming the field at fault: nothing was booked
   * @throws {OutcomeUnknownError} the booking may or may not exist
   */
  book(request: BookRequest): Promise<Booking>;

  /**
   * Bookings of every status that match, in order of their start; a moved one once, as it is now.
   * Key and reference find what they name in every event type of the account, whatever it is called
   * by now.
   */
  findBookings(query: BookingQuery): Promise<Booking[]>;

  /**
   * Every booking of the whole account that starts in the range, of every event type and status; a
   * moved one once, as it is now. For a mirror that repairs itself; missing where a provider has no
   * such list.
   */
  listBookings?(range: TimeRange): Promise<(BookingNews & { reference: string })[]>;

  /**
   * What changed of the bookings of the whole account since the mark of an earlier answer: all of them
   * where none is given, or the provider knows it no more ({@link CalendarChanges.isWhole}). For the mirror, in the place of
   * {@link listBookings}; missing where a provider cannot tell. A calendar that can finds every booking
   * it has by its reference: one that it does not find is gone.
   */
  listChanges?(since: string | null): Promise<CalendarChanges>;

  /**
   * Moves a booking; to its present start it does nothing, except that it ends a move there which was
   * begun ({@link Booking.isHalfMoved}). The reference stays, and so does the length: a slot of another
   * is refused.
   * @throws {BookingNotFoundError} {@link SlotUnavailableError} {@link RequestRefusedError}
   * {@link OutcomeUnknownError}
   */
  reschedule(reference: string, slot: Slot, reason: string): Promise<Booking>;

  /**
   * Cancels a booking; a cancelled one stays as it is.
   * @throws {BookingNotFoundError} {@link OutcomeUnknownError}
   */
  cancel(reference: string, reason: string): Promise<Booking>;

  /**
   * Decides about a booking that was found where nobody had seen how its write ended, and of which
   * nobody was told that it is done: it may stand where something else came in between. It stands, or
   * gives way: a moved one goes back, a new one is taken away. Missing where the provider itself
   * refuses what overlaps.
   * @param before the time that a move came from, as far as is known here; null of a new booking
   * @throws {SlotUnavailableError} it gave way: nothing is left of the write
   * @throws {OutcomeUnknownError} {CalendarUnreachableError} nothing is decided yet
   */
  settleWrite?(booking: Booking, before: Slot | null): Promise<Booking>;

  /**
   * Hides a slot from others at the provider for some seconds; missing where it cannot. Advisory: our
   * own table decides between our calls.
   * @returns what gives it free again
   */
  hold?(slot: Slot, seconds: number): Promise<() => Promise<void>>;
}
