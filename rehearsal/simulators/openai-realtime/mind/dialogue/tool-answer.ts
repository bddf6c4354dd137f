import { z } from 'zod';

import { readOfferedSlot } from './offered-slot.ts';

const slots = z
  .array(z.object({ slot_id: z.string(), label: z.string() }))
  .transform((list) => list.map(({ slot_id, label }) => readOfferedSlot(slot_id, label)));

const appointments = z
  .array(
    z.object({
      appointment_id: z.string(),
      label: z.string(),
      event: z.string().nullish(),
      duration_minutes: z.number().nullish(),
    }),
  )
  .transform((list) =>
    list.map(({ appointment_id, label, event = null, duration_minutes: duration = null }) => ({
      ...readOfferedSlot(appointment_id, label),
      event,
      duration,
    })),
  );

const toolAnswer = z.discriminatedUnion('status', [
  z.object({
    status: z.enum(['slots', 'none']),
    asked: z.string().default(''),
    message: z.string().default(''),
    slots: slots.default([]),
    ask_also: z.array(z.string()).default([]),
    time_zone: z.string().default(''),
  }),
  // The calendar calls it question, the search for appointments message.
  z.object({
    status: z.literal('question'),
    question: z.string().optional(),
    message: z.string().optional(),
  }),
  z.object({
    status: z.enum(['booked', 'requested', 'rescheduled']),
    message: z.string(),
    label: z.string().optional(),
    appointment_id: z.string().optional(),
    preparation: z.string().default(''),
  }),
  z.object({
    status: z.literal('read_back'),
    name: z.string(),
    email: z.string().nullable(),
    did_you_mean: z.string().optional(),
  }),
  z.object({ status: z.enum(['cancelled', 'unconfirmed', 'not_found']), message: z.string() }),
  z.object({ status: z.literal('taken'), message: z.string(), slots: slots.default([]) }),
  z.object({ status: z.literal('found'), message: z.string().default(''), appointments }),
]);

export type ToolAnswer = z.infer<typeof toolAnswer> | { status: 'error'; text: string };

/** Reads a tool's output. What is not one of the agreed answers is an error, told in its own words. */
export function readToolAnswer(output: string): ToolAnswer {
  let parsed: unknown;
  try {
    parsed = JSON.parse(output);
  } catch {
    return { status: 'error', text: forCaller(output) };
  }
  const answer = toolAnswer.safeParse(parsed);
  if (answer.success) return answer.data;
  const told = z.object({ message: z.string() }).safeParse(parsed);
  if (told.success) return { status: 'error', text: forCaller(told.data.message) };
  return { status: 'error', text: typeof parsed === 'string' ? forCaller(parsed) : '' };
}

/** Leaves out sentences meant for the model: those that name a tool, an argument or the caller. */
function forCaller(text: string): string {
  return text
    .split(/(?<=[.!?])\s+/)
    .filter((sentence) => !/\w_\w|[{}<>]|\bthe caller\b/.test(sentence))
    .join(' ')
    .replace(/^Error: /, '')
    .trim();
}
