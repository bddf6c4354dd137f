import type { Booking, BookingNews, BookingQuery, Slot, TimeRange } from './calendar.ts';

/**
 * Keeps the bookings of one calendar for a provider that has no place of its own for them, so that
 * two calls in two processes cannot take one slot.
 */
export interface StoredBookings {
  /** Confirmed bookings that overlap the range. */
  listConfirmed(range: TimeRange): Promise<Booking[]>;
  /** Bookings of the whole calendar that start in the range, of every event type and status. */
  listAll(range: TimeRange): Promise<(BookingNews & { reference: string })[]>;
  find(query: BookingQuery): Promise<Booking[]>;
  /** In one step: refuses when a confirmed booking overlaps; a known key answers its booking. */
  insert(booking: Booking & { key: string; notes: string | null }): Promise<Booking | 'taken'>;
  /** In one step: refuses when another confirmed booking overlaps. */
  move(reference: string, slot: Slot): Promise<Booking | 'taken'>;
  cancel(reference: string, reason: string): Promise<Booking>;
}
