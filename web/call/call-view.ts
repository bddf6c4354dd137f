import * as z from 'zod/mini';

import type { CallView, PageAnswer } from '../../calls/call-view.ts';

const writtenTime = {
  day: z.string(),
  time: z.string(),
  zone: z.string(),
  minute: z.number(),
  start: z.string(),
  end: z.string(),
};
const field = z.enum(['name', 'email', 'phone']);

const callViewSchema: z.ZodMiniType<CallView> = z.object({
  v: z.literal(2),
  businessName: z.string(),
  rehearsal: z.boolean(),
  state: z.enum(['talking', 'ending', 'failed']),
  timeZone: z.string(),
  language: z.string(),
  offer: z.nullable(
    z.object({
      message: z.nullable(z.string()),
      slots: z.array(
        z.object({
          ...writtenTime,
          id: z.string(),
          label: z.string(),
          isChosen: z.boolean(),
          host: z.optional(z.string()),
        }),
      ),
    }),
  ),
  details: z.array(
    z.object({
      field,
      value: z.nullable(z.string()),
      state: z.nullable(z.enum(['heard', 'confirmed', 'typed'])),
      likely: z.nullable(z.string()),
    }),
  ),
  appointment: z.nullable(
    z.object({
      ...writtenTime,
      status: z.enum(['booked', 'requested', 'rescheduled', 'cancelled', 'unconfirmed']),
      label: z.string(),
      host: z.optional(z.string()),
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

const pageAnswerSchema: z.ZodMiniType<PageAnswer> = z.discriminatedUnion('status', [
  z.object({ status: z.literal('done') }),
  z.object({ status: z.literal('not-offered') }),
  z.object({ status: z.literal('refused'), problems: z.partialRecord(field, z.string()) }),
]);

/**
 * Reads a snapshot as the worker sent it; null when it is none, so that a damaged one
 * leaves the last good one on the page.
 */
export function parseCallView(text: string): CallView | null {
  return parse(callViewSchema, text);
}

/** Reads what became of an action; null when it cannot be told. */
export function parsePageAnswer(text: string): PageAnswer | null {
  return parse(pageAnswerSchema, text);
}

function parse<T>(schema: z.ZodMiniType<T>, text: string): T | null {
  try {
    const parsed = schema.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}
