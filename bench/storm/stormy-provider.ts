import type { ProviderBooking } from './audit.ts';

/** A provider of calendars that fails in the middle of a storm, and can be asked what it has. */
export interface StormyProvider {
  /** In the table. */
  title: string;
  /**
   * How many times slower it is than a simulator beside the storm: the reconciler waits as much longer
   * before it takes a write for lost.
   */
  slowness: number;
  /** Makes an empty calendar, and answers how it is connected. */
  makeCalendar: (
    name: string,
  ) => Promise<{ provider: string; settings: Record<string, unknown>; credential: string }>;
  /** Fails at random from now on, until the storm is over; resolves then. */
  fail: (isOver: () => boolean) => Promise<void>;
  /** From now on nothing fails. */
  recover: () => void;
  /** Every booking of a calendar, of every status. */
  listBookings: (name: string) => Promise<ProviderBooking[]>;
  close: () => Promise<void>;
}
