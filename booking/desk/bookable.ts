import type { Calendar, CalendarDescription, Slot, TimeRange } from '../../calendar/calendar.ts';
import type { BookingEvent } from '../../db/booking-events.ts';
import { Availability } from '../offering/availability.ts';
import type { LedgerContext } from '../ledger/ledger-context.ts';

/** What is the same for everything that is booked in one call. */
export type CallContext = Pick<
  LedgerContext,
  'db' | 'organizationId' | 'agentId' | 'callId' | 'holder'
> & {
  now: () => Date;
};

/** One booking event as one call knows it: its calendar, what is free in it, how to book it. */
export class Bookable {
  readonly event: BookingEvent;
  readonly calendar: Calendar;
  readonly ledger: LedgerContext;
  readonly #now: () => Date;
  /** By duration in minutes. */
  readonly #availability = new Map<number, Availability>();
  #description: Promise<CalendarDescription> | null = null;

  constructor(event: BookingEvent, calendar: Calendar, { now, ...call }: CallContext) {
    this.event = event;
    this.calendar = calendar;
    this.#now = now;
    this.ledger = {
      ...call,
      calendar,
      calendarConnectionId: event.calendarConnectionId,
      bookingEventId: event.id,
      eventType: event.eventType,
      organizerEmail: event.organizerEmail,
      busyCalendars: event.busyCalendars,
    };
  }

  /** Among those of a call: the event's, and of several hosts the host's calendar. */
  get id(): string {
    const { id, host, calendarConnectionId } = this.event;
    return host === undefined ? id : `${id}/${calendarConnectionId}`;
  }

  /** Starts reading what is free and what is asked, while the greeting is spoken. */
  prefetch(): void {
    // A failure shows when the answer is needed.
    this.describe().catch(() => {});
    this.#availabilityOf(this.event.durationMinutes).prefetch();
  }

  /** Asked once a call; a failure is asked again. Throws what the calendar throws. */
  describe(): Promise<CalendarDescription> {
    this.#description ??= this.calendar.describe().catch((error: unknown) => {
      this.#description = null;
      throw error;
    });
    return this.#description;
  }

  /** The free slots that start in the range, none in the past. Throws what the calendar throws. */
  slots(range: TimeRange, durationMinutes: number): Promise<Slot[]> {
    return this.#availabilityOf(durationMinutes).slots(range);
  }

  /** Forgets what is free, e.g. after a slot turned out to be taken. */
  invalidate(): void {
    for (const availability of this.#availability.values()) availability.invalidate();
  }

  #availabilityOf(durationMinutes: number): Availability {
    const known = this.#availability.get(durationMinutes);
    if (known) return known;
    // The usual duration is not named: a provider may refuse it on types of one duration.
    const asked = durationMinutes === this.event.durationMinutes ? undefined : durationMinutes;
    const availability = new Availability(
      (range) => this.calendar.listSlots(range, asked),
      this.#now,
    );
    this.#availability.set(durationMinutes, availability);
    return availability;
  }
}
