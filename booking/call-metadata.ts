import { z } from 'zod';

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

const CallMetadataSchema = z.strictObject({
  v: z.literal(1),
  agentId: z.uuid(),
  calendar: z
    .strictObject({
      provider: z.enum(['fake', 'calcom']),
      connectionId: z.uuid(),
      eventType: z.string().min(1),
      timeZone: z.string().min(1),
    })
    .nullable(),
  caller: z
    .strictObject({ timeZone: z.string().min(1).optional(), name: z.string().min(1).optional() })
    .default({}),
  /** Of a call that we make. */
  outbound: z.strictObject({ variables: z.record(z.string(), z.string()) }).optional(),
  rehearsal: z
    .strictObject({
      /** What "now" is when the call starts: ISO 8601 with an offset. */
      clock: z.iso.datetime({ offset: true }).optional(),
      faults: z.array(FaultSchema).default([]),
    })
    .optional(),
});

/**
 * What a dispatch tells the worker of a call. It travels in a visitor's token, which is signed and
 * not encrypted: no secret belongs here. `rehearsal` never comes from the token server, and only a
 * worker started for rehearsal honours it.
 */
export type CallMetadata = z.infer<typeof CallMetadataSchema>;

/** The dispatch metadata is not what a server of ours writes. */
export class CallMetadataError extends Error {
  override readonly name = 'CallMetadataError';
}

/** Writes the metadata as the JSON string that a dispatch carries. */
export function serializeCallMetadata(metadata: z.input<typeof CallMetadataSchema>): string {
  return JSON.stringify(metadata);
}

/**
 * Reads a dispatch's metadata.
 * @throws {CallMetadataError} naming the field at fault
 */
export function parseCallMetadata(text: string): CallMetadata {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (cause) {
    throw new CallMetadataError(
      text === '' ? 'The dispatch carries no metadata.' : 'The metadata is not JSON.',
      { cause },
    );
  }
  const parsed = CallMetadataSchema.safeParse(json);
  if (!parsed.success) throw new CallMetadataError(z.prettifyError(parsed.error));
  return parsed.data;
}
