import { z } from 'zod';
import type { BookingNews } from '../../calendar/calendar.ts';

const instant = z.iso.datetime().transform((at) => new Date(at));
const text = z.string().nullable();

const NewsSchema = z.object({
  uid: z.string(),
  previousUid: z.string().exactOptional(),
  reference: z.string().exactOptional(),
  changedAt: instant.nullable(),
  status: z.enum(['confirmed', 'pending', 'cancelled', 'rejected']).exactOptional(),
  start: instant.exactOptional(),
  end: instant.exactOptional(),
  eventType: z.string().exactOptional(),
  key: text.exactOptional(),
  attendees: z
    .array(z.object({ name: z.string(), email: text, phone: text, timeZone: z.string() }))
    .exactOptional(),
  organizer: z.object({ name: text, email: text }).exactOptional(),
  title: text.exactOptional(),
  description: text.exactOptional(),
  notes: text.exactOptional(),
  location: text.exactOptional(),
  reason: text.exactOptional(),
  responses: z.record(z.string(), z.unknown()).exactOptional(),
  metadata: z.record(z.string(), z.unknown()).exactOptional(),
  paid: z.boolean().exactOptional(),
  paymentId: text.exactOptional(),
});

/** Reads news back from the `jsonb` that a delivery keeps of them. */
export function readStoredNews(stored: unknown): BookingNews {
  return NewsSchema.parse(stored);
}
