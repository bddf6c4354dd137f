export type BookingErrorCode =
  | 'slot-not-offered'
  | 'appointment-not-known'
  | 'attendee-refused'
  | 'question-open'
  | 'not-english'
  | 'too-many-bookings'
  | 'too-many-look-ups'
  | 'message-refused'
  | 'summary-refused'
  | 'calendar-unavailable';

/**
 * What a caller asked cannot be done. The message is for the model: a sentence that the caller can
 * hear, or what to ask or call next.
 */
export class BookingError extends Error {
  override readonly name = 'BookingError';
  readonly code: BookingErrorCode;

  constructor(code: BookingErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
