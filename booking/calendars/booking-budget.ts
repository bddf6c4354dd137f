import { noBookingLeft, stillCounted, waitOf } from '../../calendar/booking-budget.ts';
import type { BookingBudget } from '../../calendar/booking-budget.ts';
import type { RequestWindow } from '../../calendar/request-limiter.ts';
import {
  noteBookingsRefused,
  readSentBookings,
  takeBooking,
} from '../../db/calendars/booking-budgets.ts';
import type { CredentialKey } from '../../db/calendars/credential-limits.ts';
import type { Database } from '../../db/database.ts';

export interface BookingBudgetOptions extends CredentialKey {
  windows: readonly RequestWindow[];
  /** Hears of a database that did not answer; the booking goes out, for the provider to count. */
  onError?: (error: unknown) => void;
}

/** Counts a credential's bookings in PostgreSQL, for all processes together. */
export function storedBookingBudget(
  db: Database,
  { windows, onError, ...key }: BookingBudgetOptions,
): BookingBudget {
  const orPass = async (work: () => Promise<number | void>): Promise<number> => {
    try {
      return (await work()) ?? 0;
    } catch (error) {
      onError?.(error);
      return 0;
    }
  };
  return {
    async take() {
      const wait = await orPass(async () => {
        let left = 0;
        await takeBooking(db, key, (before) => {
          left = waitOf(before, windows);
          return left > 0 ? null : stillCounted(before, windows);
        });
        return left;
      });
      if (wait > 0) throw noBookingLeft(wait);
    },
    wait: () => orPass(async () => waitOf(await readSentBookings(db, key), windows)),
    async noteRefused(milliseconds) {
      await orPass(() => noteBookingsRefused(db, key, milliseconds));
    },
  };
}
