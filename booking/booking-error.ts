export type BookingErrorCode =
  | 'slot-not-offered'
  | 'attendee-refused'
  | 'too-many-bookings'
  | 'calendar-unavailable';

/** What a caller asked cannot be done; the message is a sentence the caller can hear. */
export class BookingError extends Error {
  override readonly name = 'BookingError';
  readonly code: BookingErrorCode;

  constructor(code: BookingErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
