/** Topic of the text stream, and name of the RPC method, by which a page sees {@link CallView}. */
export const CALL_VIEW_TOPIC = 'slotline.call-view';
/** Topic of the data by which a page says that its visitor is typing. */
export const TYPING_TOPIC = 'slotline.typing';

/** What a visitor's page may show of the call: a whole snapshot each time it changes. */
export interface CallView {
  v: 1;
  businessName: string;
  rehearsal: boolean;
  state: 'talking' | 'ending' | 'failed';
  /** The caller's zone, IANA: labels are in it. */
  timeZone: string;
  /** The times offered last; null before the first offer and after a booking. */
  offer: {
    summary: string;
    slots: { id: string; label: string; /** ISO, UTC */ start: string; end: string }[];
  } | null;
  /** From the booking itself, never from what the model said. */
  appointment: {
    /** `requested`: the business has yet to accept it. */
    status: 'booked' | 'requested' | 'rescheduled' | 'cancelled' | 'unconfirmed';
    label: string;
    /** ISO, UTC. */
    start: string;
    end: string;
    timeZone: string;
    /** As the caller gave it; null of an appointment that was found. */
    attendee: { name: string; email: string | null; phone: string | null } | null;
  } | null;
}
