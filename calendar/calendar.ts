/** A time that can be booked. Instants are UTC; a zone appears only where a person speaks or reads. */
export interface Slot {
  start: Date;
  end: Date;
}

/** From `from`, inclusive, to `to`, exclusive. */
export interface TimeRange {
  from: Date;
  to: Date;
}

/** Who the appointment is for. */
export interface Attendee {
  name: string;
  email: string | null;
  /** E.164. */
  phone: string | null;
  /** IANA; the zone in which the attendee reads times. */
  timeZone: string;
}

export type AttendeeField = 'name' | 'email' | 'phone';

export interface Booking {
  /** Stays the same when the booking moves; a secret, since some providers answer anybody who knows it. */
  reference: string;
  start: Date;
  end: Date;
  status: 'confirmed' | 'cancelled';
  attendee: Attendee;
  /** The key handed to {@link Calendar.book}; null for a booking that was not made by us. */
  key: string | null;
}

export interface BookRequest {
  slot: Slot;
  attendee: Attendee;
  /** Stored by the caller before the call; one key makes one booking at most, however often it is sent. */
  key: string;
  notes: string | null;
}

/** At least one field; a booking must match all that are given. */
export interface BookingQuery {
  email?: string;
  phone?: string;
  key?: string;
}

export interface CalendarDescription {
  /** IANA; the zone of the calendar's owner. */
  timeZone: string;
  durationMinutes: number;
  /** What {@link Calendar.book} refuses to go without. */
  requiredAttendeeFields: AttendeeField[];
  supports: {
    /** False where a booking is moved by booking anew and cancelling the old. */
    reschedule: boolean;
    hold: boolean;
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

  /** The free slots that start in the range, in order. A range in the past answers none. */
  listSlots(range: TimeRange): Promise<Slot[]>;

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

  /** Confirmed and cancelled bookings that match, in order of their start. */
  findBookings(query: BookingQuery): Promise<Booking[]>;

  /**
   * Moves a booking; to its present start it does nothing. The reference stays.
   * @throws {BookingNotFoundError} {@link SlotUnavailableError} {@link OutcomeUnknownError}
   */
  reschedule(reference: string, slot: Slot, reason: string): Promise<Booking>;

  /**
   * Cancels a booking; a cancelled one stays as it is.
   * @throws {BookingNotFoundError} {@link OutcomeUnknownError}
   */
  cancel(reference: string, reason: string): Promise<Booking>;
}
