import { IANAZone } from 'luxon';
import { z } from 'zod';

import { heardStates } from './heard-states.ts';
import type { HeardState } from './heard-states.ts';
import { parsePattern, PatternError } from './pattern.ts';

/** A map whose unknown keys are refused with the list of those that are known. */
function map<Shape extends z.core.$ZodLooseShape>(shape: Shape) {
  const known = Object.keys(shape).join(', ');
  return z.strictObject(shape, {
    error: (issue) =>
      issue.code === 'unrecognized_keys'
        ? `is not known here; known keys are ${known}`
        : `write a map with ${known}`,
  });
}

const text = z
  .string({ error: 'write some text (in quotes when it looks like a number)' })
  .trim()
  .min(1, {
    error: 'write some text, it is empty',
  });

const seconds = z
  .number({ error: 'write a number of seconds' })
  .positive({ error: 'write more than 0 seconds' })
  .max(300, { error: 'write at most 300 seconds' });

const timeZone = text.refine((zone) => IANAZone.isValidZone(zone), {
  error: 'write an IANA time zone such as America/New_York',
});

const pattern = text.transform((written, context) => {
  try {
    return parsePattern(written);
  } catch (error) {
    context.addIssue(error instanceof PatternError ? error.message : String(error));
    return z.NEVER;
  }
});

/** What one `hear` waits for. */
export type Expected = { kind: 'state'; state: HeardState } | { kind: 'pattern'; pattern: RegExp };

const expected = text.transform((written, context): Expected => {
  const state = heardStates.find((name) => name === written);
  if (state !== undefined) {
    return { kind: 'state', state };
  }
  try {
    return { kind: 'pattern', pattern: parsePattern(written) };
  } catch (error) {
    const reason = error instanceof PatternError ? error.message : String(error);
    context.addIssue(`${reason}; or name one of ${heardStates.join(', ')}`);
    return z.NEVER;
  }
});

const details = map({ name: text, email: text, phone: text.optional() });

/** One thing the caller does; exactly one of the keys apart from `within` and `optional`. */
const writtenTurn = map({
  hear: expected.optional(),
  within: seconds.optional(),
  optional: z.boolean({ error: 'write true or false' }).optional(),
  say: text.optional(),
  type: z
    .union([text, details], { error: 'write the text to type, or {name: …, email: …}' })
    .optional(),
  press: z
    .string({ error: 'write the keys in quotes, such as "1"' })
    .regex(/^[\d*#]+$/, { error: 'use only the keys 0 to 9, * and #' })
    .optional(),
  interrupt: text.optional(),
  wait: seconds.optional(),
  noise: seconds.optional(),
  hangUp: z.literal(true, { error: 'write hangUp: true' }).optional(),
});

/** How long `hear` and `interrupt` wait, in seconds, unless `within` says otherwise. */
const defaultPatience = 20;

/**
 * What a caller does in a turn.
 *
 * - `hear`: waits until the agent has finished and what it said fits.
 * - `say`: waits until the agent is quiet, then speaks.
 * - `interrupt`: waits until the agent is speaking, then speaks over it.
 * - `type`: sends a typed message; with details, the sentence the page's form sends.
 * - `press`: keys of a telephone.
 * - `wait`: says nothing for so many seconds (the line still carries room noise).
 * - `noise`: speech-like noise without words for so many seconds.
 * - `hangUp`: leaves, in the middle of whatever happens.
 */
export type Turn =
  | { kind: 'hear'; expected: Expected; withinSeconds: number; optional: boolean }
  | { kind: 'say'; text: string }
  | { kind: 'interrupt'; text: string; withinSeconds: number }
  | { kind: 'type'; text: string }
  | { kind: 'press'; keys: string }
  | { kind: 'wait'; seconds: number }
  | { kind: 'noise'; seconds: number }
  | { kind: 'hangUp' };

/** The sentence that the page's details form sends. */
export function detailsSentence(attendee: {
  name: string;
  email: string;
  phone?: string | undefined;
}): string {
  const phone = attendee.phone === undefined ? '' : `, my phone number is ${attendee.phone}`;
  return `My name is ${attendee.name} and my e-mail is ${attendee.email}${phone}`;
}

const turn = writtenTurn.transform((written, context): Turn => {
  const { within, optional, ...acts } = written;
  const given = Object.keys(acts).filter((key) => acts[key as keyof typeof acts] !== undefined);
  if (given.length !== 1) {
    context.addIssue(
      `write exactly one of hear, say, type, press, interrupt, wait, noise, hangUp in a turn, not ${given.length}`,
    );
    return z.NEVER;
  }
  if (within !== undefined && acts.hear === undefined && acts.interrupt === undefined) {
    context.addIssue('within belongs to hear and interrupt only; remove it');
    return z.NEVER;
  }
  if (optional !== undefined && acts.hear === undefined) {
    context.addIssue('optional belongs to hear only; remove it');
    return z.NEVER;
  }
  const withinSeconds = within ?? defaultPatience;
  if (acts.hear !== undefined) {
    return { kind: 'hear', expected: acts.hear, withinSeconds, optional: optional ?? false };
  }
  if (acts.say !== undefined) {
    return { kind: 'say', text: acts.say };
  }
  if (acts.interrupt !== undefined) {
    return { kind: 'interrupt', text: acts.interrupt, withinSeconds };
  }
  if (acts.type !== undefined) {
    return {
      kind: 'type',
      text: typeof acts.type === 'string' ? acts.type : detailsSentence(acts.type),
    };
  }
  if (acts.press !== undefined) {
    return { kind: 'press', keys: acts.press };
  }
  if (acts.wait !== undefined) {
    return { kind: 'wait', seconds: acts.wait };
  }
  if (acts.noise !== undefined) {
    return { kind: 'noise', seconds: acts.noise };
  }
  return { kind: 'hangUp' };
});

/** When an expected booking starts: at an instant, some time on a local date, or at the nth time of the last offer. */
export type ExpectedStart =
  | { kind: 'instant'; at: Date }
  | { kind: 'date'; date: string }
  | { kind: 'offered'; position: number };

const instant = z.iso.datetime({ offset: true });

const start = text.transform((written, context): ExpectedStart => {
  const position = /^offered ([1-9]\d?)$/.exec(written)?.[1];
  if (position !== undefined) {
    return { kind: 'offered', position: Number(position) };
  }
  if (z.iso.date().safeParse(written).success) {
    return { kind: 'date', date: written };
  }
  if (instant.safeParse(written).success) {
    return { kind: 'instant', at: new Date(written) };
  }
  context.addIssue(
    'write an instant with its offset (2026-11-24T14:30:00-05:00), a date (2026-11-24), or "offered 2" for the second time of the last offer',
  );
  return z.NEVER;
});

const booking = map({
  start,
  attendee: map({
    name: text.optional(),
    email: text.optional(),
    phone: text.optional(),
  }).optional(),
});

export const outcomes = ['booked', 'no_booking', 'failed', 'unknown'] as const;

const fault = map({
  at: z.enum(['calendar.book', 'calendar.listSlots'], {
    error: 'write calendar.book or calendar.listSlots',
  }),
  kind: z.enum(['delay', 'taken', 'commit-then-timeout', 'unreachable'], {
    error: 'write delay, taken, commit-then-timeout or unreachable',
  }),
  times: z.int({ error: 'write a whole number' }).positive({ error: 'write 1 or more' }),
  milliseconds: z
    .int({ error: 'write a whole number of milliseconds' })
    .positive()
    .max(60_000)
    .optional(),
});

const inlineAgent = map({
  name: text,
  business: text,
  instructions: text.default('Help the caller book an appointment.'),
  language: text.default('en'),
  voice: text.optional(),
  durationMinutes: z.int({ error: 'write a whole number of minutes' }).positive().optional(),
});

const localInterval = text.regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}\/\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/, {
  error:
    "write an interval in the calendar's local time, such as 2026-11-24T10:00/2026-11-24T12:00",
});

const calendar = map({
  provider: z
    .literal('fake', { error: 'write fake: the only provider that a scenario can set up' })
    .default('fake'),
  seed: z.int({ error: 'write a whole number' }).default(7),
  timeZone: timeZone.default('America/New_York'),
  busy: z.array(localInterval, { error: 'write a list of intervals' }).default([]),
});

/** A scenario as it is played; the format is described in scenarios/README.md. */
export const scenarioSchema = map({
  name: text,
  line: z.enum(['web', 'phone'], { error: 'write web or phone' }).default('web'),
  agent: z
    .union([text, inlineAgent], {
      error: 'write the slug of an agent, or {name: …, business: …, instructions: …}',
    })
    .default({
      name: 'Front desk',
      business: 'Harbor Street Clinic',
      instructions: 'Help the caller book an appointment.',
      language: 'en',
    }),
  clock: z
    .string({ error: 'write an instant with its offset' })
    .refine((written) => instant.safeParse(written).success, {
      error: 'write an instant with its offset, such as 2026-11-23T09:00:00-05:00',
    })
    .optional(),
  calendar: calendar.optional(),
  caller: map({
    voice: z
      .enum(['rms', 'awb', 'slt', 'kal16'], { error: 'write rms, awb, slt or kal16' })
      .default('rms'),
    timeZone: timeZone.optional(),
    name: text.optional(),
    number: text.optional(),
  }).default({ voice: 'rms' }),
  model: z.literal('rehearsal', { error: 'write rehearsal' }).default('rehearsal'),
  faults: z.array(fault, { error: 'write a list of faults' }).default([]),
  turns: z
    .array(turn, { error: 'write a list of turns' })
    .min(1, { error: 'write at least one turn' }),
  expect: map({
    outcome: z.enum(outcomes, { error: `write one of ${outcomes.join(', ')}` }).optional(),
    bookings: z.array(booking, { error: 'write a list of bookings ([] for none)' }).optional(),
    heard: z.array(pattern, { error: 'write a list of patterns' }).default([]),
    neverHeard: z.array(pattern, { error: 'write a list of patterns' }).default([]),
  }),
}).superRefine((scenario, context) => {
  if (scenario.line === 'phone') {
    context.addIssue({
      code: 'custom',
      path: ['line'],
      message: 'the phone line cannot be rehearsed yet; write line: web or play it with --line web',
    });
  }
  for (const [position, act] of scenario.turns.entries()) {
    if (act.kind === 'press' && scenario.line === 'web') {
      context.addIssue({
        code: 'custom',
        path: ['turns', position, 'press'],
        message: 'a web call has no keys; use say or type',
      });
    }
    if (act.kind === 'hangUp' && position < scenario.turns.length - 1) {
      context.addIssue({
        code: 'custom',
        path: ['turns', position, 'hangUp'],
        message: 'put hangUp last; nothing can follow it',
      });
    }
  }
});

export type Scenario = z.infer<typeof scenarioSchema>;
export type InlineAgent = Exclude<Scenario['agent'], string>;
