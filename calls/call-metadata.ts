import { z } from 'zod';
import { helpful } from '../runtime/given/helpful.ts';
import { PersonNameSchema } from '../runtime/given/person-name.ts';
import { TimeZoneSchema } from '../runtime/given/time-zone.ts';

/** A fault that a rehearsal asks for: a `CalendarFault`. */
const FaultSchema = z.strictObject({
  at: z.enum([
    'calendar.listSlots',
    'calendar.findBookings',
    'calendar.book',
    'calendar.reschedule',
    'calendar.cancel',
  ]),
  kind: z.enum(['delay', 'unreachable', 'rate-limited', 'commit-then-timeout', 'taken']),
  times: z.int().positive().default(1),
  milliseconds: z.int().nonnegative().optional(),
});

const RehearsalSchema = z.strictObject({
  /** What "now" is when the call starts: ISO 8601 with an offset. */
  clock: z.iso.datetime({ offset: true }).optional(),
  faults: z.array(FaultSchema).default([]),
  /** The agent neither listens nor speaks: words alone go to and fro. */
  isSilent: z.boolean().optional(),
});

const CallMetadataSchema = z.strictObject({
  v: z.literal(1),
  agentId: z.uuid(),
  /** What is public of the calendar that the agent books first; null where it books nothing. */
  calendar: z
    .strictObject({
      provider: z.string().min(1),
      eventType: z.string().min(1),
      timeZone: z.string().min(1),
    })
    .nullable(),
  /** It only helps: what cannot be read of it counts as not given. */
  caller: z
    .object({
      timeZone: helpful(TimeZoneSchema),
      name: helpful(PersonNameSchema),
      /** A keyed digest of the address, by which calls of one visitor are counted. */
      visitor: helpful(z.string().regex(/^[\w-]{16,64}$/)),
    })
    .optional()
    .catch(undefined)
    .transform((caller) => caller ?? {}),
  /** Of a call that we make. */
  outbound: z.strictObject({ variables: z.record(z.string(), z.string()) }).optional(),
  /** Of a call in which a member of the organization tries the agent's draft out. */
  testCall: z.uuid().optional(),
  rehearsal: RehearsalSchema.optional(),
});

/** Of a call that comes in by phone: everything else is known from the line. */
const PhoneMetadataSchema = z.strictObject({
  v: z.literal(1),
  line: z.literal('phone'),
  rehearsal: RehearsalSchema.optional(),
});

/**
 * What a dispatch tells the worker of a call. It travels in a visitor's token, which is signed and
 * not encrypted: no secret belongs here, and of a draft it has no more than where it lies. `testCall`
 * comes from the office alone and holds in the one room it was made for. `rehearsal` never comes from the token server, and only a
 * worker started for rehearsal honours it.
 */
export type CallMetadata = z.infer<typeof CallMetadataSchema>;

/** What the dispatch rule of our trunks tells the worker: the same for every call. */
export type PhoneMetadata = z.infer<typeof PhoneMetadataSchema>;

/** The dispatch metadata is not what a server of ours writes. */
export class CallMetadataError extends Error {
  override readonly name = 'CallMetadataError';
}

/** Writes the metadata as the JSON string that a dispatch carries. */
export function serializeCallMetadata(
  metadata: z.input<typeof CallMetadataSchema> | z.input<typeof PhoneMetadataSchema>,
): string {
  return JSON.stringify(metadata);
}

/**
 * Reads the metadata of a call on the web.
 * @throws {CallMetadataError} naming the field at fault
 */
export function parseCallMetadata(text: string): CallMetadata {
  return parse(CallMetadataSchema, readJson(text));
}

/**
 * Reads a dispatch's metadata, whichever line the call came by.
 * @throws {CallMetadataError} naming the field at fault
 */
export function parseDispatchMetadata(
  text: string,
): { line: 'web'; metadata: CallMetadata } | { line: 'phone'; metadata: PhoneMetadata } {
  const json = readJson(text);
  const isPhone = z.object({ line: z.literal('phone') }).safeParse(json).success;
  return isPhone
    ? { line: 'phone', metadata: parse(PhoneMetadataSchema, json) }
    : { line: 'web', metadata: parse(CallMetadataSchema, json) };
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new CallMetadataError(
      text === '' ? 'The dispatch carries no metadata.' : 'The metadata is not JSON.',
      { cause },
    );
  }
}

function parse<T>(schema: z.ZodType<T>, json: unknown): T {
  const parsed = schema.safeParse(json);
  if (!parsed.success) throw new CallMetadataError(z.prettifyError(parsed.error));
  return parsed.data;
}
