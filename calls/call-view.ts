/** Topic of the text stream, and name of the RPC method, by which a page sees {@link CallView}. */
export const CALL_VIEW_TOPIC = 'slotline.call-view';
/** Topic of the data by which a page says that its visitor is typing. */
export const TYPING_TOPIC = 'slotline.typing';
/** Name of the RPC method by which a page says what its visitor did: a {@link PageAction} as JSON. */
export const PAGE_ACTION_METHOD = 'slotline.page-action';

/** A time as it is written: in the caller's zone, in the language of the call. */
export interface WrittenTime {
  /** "Tuesday, November 24". */
  day: string;
  /** "2:30 PM". */
  time: string;
  /** "Eastern time". */
  zone: string;
  /** After midnight of its day. */
  minute: number;
  /** ISO, UTC. */
  start: string;
  end: string;
}

/** What is known of whoever the appointment is for, in the order in which it is asked. */
export interface CallerDetail {
  field: 'name' | 'email' | 'phone';
  /** Null while it is not known. */
  value: string | null;
  /**
   * `typed`: on the page. `confirmed`: read back, and the caller said yes. `heard`: neither; null while
   * it is not known.
   */
  state: 'heard' | 'confirmed' | 'typed' | null;
  /** The address that was probably meant, where the value looks like a slip: "gmail.con". */
  likely: string | null;
}

/** What a visitor's page may show of the call: a whole snapshot each time it changes. */
export interface CallView {
  v: 2;
  businessName: string;
  rehearsal: boolean;
  state: 'talking' | 'ending' | 'failed';
  /** The caller's zone, IANA: written times are in it. */
  timeZone: string;
  /** BCP 47: of written times. */
  language: string;
  /** The times offered last, in order; null before the first offer and after a booking. */
  offer: {
    /** What there is to say beside the times: that another one was taken. */
    message: string | null;
    slots: (WrittenTime & {
      id: string;
      /** As it is said: "Tuesday, November 24 at 2:30 PM". */
      label: string;
      /** Whether it is the caller's choice. */
      isChosen: boolean;
      /** With whom it is; missing where nobody is named. */
      host?: string | undefined;
    })[];
  } | null;
  details: CallerDetail[];
  /** From the booking itself, never from what the model said. */
  appointment:
    | (WrittenTime & {
        /** `requested`: the business has yet to accept it. */
        status: 'booked' | 'requested' | 'rescheduled' | 'cancelled' | 'unconfirmed';
        /** As it is said, with its zone. */
        label: string;
        /** With whom it is; missing where nobody is named. */
        host?: string | undefined;
        /** As the caller gave it; null of an appointment that was found. */
        attendee: { name: string; email: string | null; phone: string | null } | null;
      })
    | null;
}

/** What stands in the fields; one that is empty is left out. */
type Shown = { [field in CallerDetail['field']]?: string | undefined };

/** What a visitor did on the page instead of saying it. */
export type PageAction =
  /** They tapped one of the times on offer. */
  | { do: 'choose'; slotId: string }
  /** They typed who they are: one field or several. */
  | ({ do: 'give' } & Shown)
  /** They agreed to the time that is marked, for whom the fields say: all as they saw it. */
  | ({ do: 'book'; slotId: string } & Shown);

/** What became of a {@link PageAction}. */
export type PageAnswer =
  | { status: 'done' }
  /**
   * That time is not, or no longer, on offer; or of what shall be booked something is missing, or is
   * another by now. The view says how it is.
   */
  | { status: 'not-offered' }
  /** Nothing of it is taken, because of these fields: what each must be. */
  | { status: 'refused'; problems: Partial<Record<CallerDetail['field'], string>> };
