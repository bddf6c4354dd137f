import type { TimeRange } from '../calendar.ts';
import type { Availability } from '../slots/availability.ts';
import type { BusyTime } from '../slots/free-slots.ts';

/** Something that stands in a calendar of appointments, and when it takes time. */
export interface StandingItem {
  times: BusyTime[];
  /** Null where it is no booking of ours. */
  booking: { reference: string; eventType: string } | null;
}

/** Calendars that know appointments and no hours, as an event is booked into them. */
export interface AppointmentBook {
  /** IANA; that of the event's hours. */
  timeZone: string;
  availability: Availability;
  /** The provider's slug. */
  eventType: string;
  now: () => Date;
  /**
   * Everything in all calendars that block which has a moment of the range.
   * @param reading.partOfWrite a write cannot go without it
   * @throws {CalendarError} one of them cannot be read, or not all of it
   */
  read(range: TimeRange, reading: { partOfWrite?: boolean }): Promise<StandingItem[]>;
}
