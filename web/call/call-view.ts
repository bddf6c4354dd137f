import * as z from 'zod/mini';

import type { CallView } from '../../calls/call-view.ts';

const callViewSchema: z.ZodMiniType<CallView> = z.object({
  v: z.literal(1),
  businessName: z.string(),
  rehearsal: z.boolean(),
  state: z.enum(['talking', 'ending', 'failed']),
  timeZone: z.string(),
  offer: z.nullable(
    z.object({
      summary: z.string(),
      slots: z.array(
        z.object({ id: z.string(), label: z.string(), start: z.string(), end: z.string() }),
      ),
    }),
  ),
  appointment: z.nullable(
    z.object({
      status: z.enum(['booked', 'requested', 'rescheduled', 'cancelled', 'unconfirmed']),
      label: z.string(),
      start: z.string(),
      end: z.string(),
      timeZone: z.string(),
      attendee: z.nullable(
        z.object({
          name: z.string(),
          email: z.nullable(z.string()),
          phone: z.nullable(z.string()),
        }),
      ),
    }),
  ),
});

/**
 * Reads a snapshot as the worker sent it; null when it is none, so that a damaged one
 * leaves the last good one on the page.
 */
export function parseCallView(text: string): CallView | null {
  try {
    const parsed = callViewSchema.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}
