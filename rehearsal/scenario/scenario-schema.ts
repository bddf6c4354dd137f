import { z } from 'zod';

import { isAgentLanguage, LANGUAGE_WANTED } from '../../calls/languages.ts';
import { MADE_UP_CALENDAR } from '../../start/demo-calendars.ts';
import {
  findRecording,
  FLITE_VOICES,
  isRecorded,
  RECORDED_VOICES,
  RECORDINGS,
} from '../caller/voices.ts';
import { fault } from './fault-schema.ts';
import { map, pattern, text, timeZone } from './scenario-values.ts';
import { turnSchema } from './turn-schema.ts';
import type { Turn } from './turn-schema.ts';

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

/** What the business shall find written down for it. */
const message = map({
  name: text.optional(),
  number: text.optional(),
  text: pattern.optional(),
});

export const outcomes = [
  'booked',
  'rescheduled',
  'cancelled',
  'no_booking',
  'failed',
  'unknown',
  'transferred',
  'message_taken',
] as const;

const minutes = z
  .int({ error: 'write a whole number of minutes' })
  .min(5, { error: 'write 5 minutes or more' })
  .max(480, { error: 'write at most 480 minutes' });

const localInterval = text.regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}\/\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/, {
  error:
    "write an interval in the calendar's local time, such as 2026-11-24T10:00/2026-11-24T12:00",
});

const intervals = z.array(localInterval, { error: 'write a list of intervals' }).default([]);

/** What a made-up calendar is made of. */
const madeUp = { seed: z.int({ error: 'write a whole number' }).default(7), busy: intervals };

const inlineAgent = map({
  name: text,
  business: text,
  instructions: text.default('Help the caller book an appointment.'),
  language: text.refine(isAgentLanguage, { error: LANGUAGE_WANTED }).default('en'),
  voice: text.optional(),
  /** By phone only. */
  transferTo: text.optional(),
  /** Whether its calls are recorded, where the parts have a place for that. */
  recording: z.boolean({ error: 'write true or false' }).optional(),
  durationMinutes: minutes.optional(),
  events: z
    .array(
      map({
        name: text,
        minutes: minutes.default(30),
        /** Who takes it, each in a calendar of their own. */
        hosts: z
          .array(map({ name: text, ...madeUp }), { error: 'write a list of hosts' })
          .default([]),
        /** What stands in another calendar, which blocks it. */
        busyElsewhere: intervals,
      }),
      { error: 'write a list of events' },
    )
    .min(1, { error: 'write at least one event, or leave events out' })
    .optional(),
});

/** An appointment that somebody made before the call. */
const standing = map({
  start: z
    .string({ error: 'write an instant with its offset' })
    .refine((written) => instant.safeParse(written).success, {
      error: 'write an instant with its offset, such as 2026-11-26T10:00:00-05:00',
    })
    .transform((written) => new Date(written)),
  minutes: minutes.default(30),
  name: text,
  email: text,
  phone: text.optional(),
});

const calendar = map({
  provider: z
    .literal(MADE_UP_CALENDAR, {
      error: 'write fake: the only provider that a scenario can set up',
    })
    .default(MADE_UP_CALENDAR),
  ...madeUp,
  timeZone: timeZone.default('America/New_York'),
  bookings: z.array(standing, { error: 'write a list of bookings' }).default([]),
});

/** In place of the caller's number: who withholds it. */
export const WITHHELD = 'withheld';

const callerNumber = text.refine(
  (written) => written === WITHHELD || /^\+[1-9]\d{6,14}$/.test(written),
  {
    error: `write a number with its country code in quotes, such as "+12125550123", or ${WITHHELD}`,
  },
);

/** Who can call: flite's voices say anything, the others what they have recorded. */
export const VOICES = [...FLITE_VOICES, ...RECORDED_VOICES] as const;

export type CallerVoice = (typeof VOICES)[number];

const caller = map({
  voice: z.enum(VOICES, { error: `write one of ${VOICES.join(', ')}` }).default('rms'),
  timeZone: timeZone.optional(),
  name: text.optional(),
  number: callerNumber.optional(),
});

const expectations = map({
  outcome: z.enum(outcomes, { error: `write one of ${outcomes.join(', ')}` }).optional(),
  bookings: z.array(booking, { error: 'write a list of bookings ([] for none)' }).optional(),
  cancelled: z.array(booking, { error: 'write a list of bookings ([] for none)' }).optional(),
  messages: z.array(message, { error: 'write a list of messages ([] for none)' }).optional(),
  tools: z.array(text, { error: 'write a list of names of tools ([] for none)' }).optional(),
  heard: z.array(pattern, { error: 'write a list of patterns' }).default([]),
  neverHeard: z.array(pattern, { error: 'write a list of patterns' }).default([]),
});

/**
 * A scenario as it is played; the format is described in rehearsal/scenarios/README.md.
 *
 * @param folder where the scenario is, from which the paths of recordings begin.
 */
export function scenarioSchema(folder: string) {
  return map({
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
    caller: caller.default({ voice: 'rms' }),
    model: z.literal('rehearsal', { error: 'write rehearsal' }).default('rehearsal'),
    faults: z.array(fault, { error: 'write a list of faults' }).default([]),
    turns: z
      .array(turnSchema(folder), { error: 'write a list of turns' })
      .min(1, { error: 'write at least one turn' }),
    expect: expectations,
  }).superRefine(({ turns, line, caller: { voice } }, context) => {
    for (const [position, act] of turns.entries()) {
      const message = refusalOf(act, { line, voice, isLast: position === turns.length - 1 });
      if (message === undefined) continue;
      context.addIssue({ code: 'custom', path: ['turns', position, act.kind], message });
    }
  });
}

/** Why a turn cannot be played where it stands, and what to do. */
function refusalOf(
  act: Turn,
  call: { line: 'web' | 'phone'; voice: CallerVoice; isLast: boolean },
): string | undefined {
  if (act.kind === 'press' && call.line === 'web') {
    return 'a web call has no keys; use say or type';
  }
  if (act.kind === 'type' && call.line === 'phone') {
    return 'a phone call has no page to type on; use say or press';
  }
  if (act.kind === 'hangUp' && !call.isLast) return 'put hangUp last; nothing can follow it';
  if (act.kind !== 'say' && act.kind !== 'interrupt') return undefined;
  if (!isRecorded(call.voice) || findRecording(call.voice, act.text)) return undefined;
  return `the voice ${call.voice} has not recorded "${act.text}"; write a sentence of ${RECORDINGS}/${call.voice}, or take one of the voices ${FLITE_VOICES.join(', ')}`;
}

export type Scenario = z.infer<ReturnType<typeof scenarioSchema>>;
export type InlineAgent = Exclude<Scenario['agent'], string>;
