import { z } from 'zod';
import { findListedCall, listCalls as listStoredCalls } from '../../db/calls/list-calls.ts';
import type { CallFilter, ListedCall, TruthFilter } from '../../db/calls/list-calls.ts';
import { searchCalls, SearchTooWideError } from '../../db/calls/search-calls.ts';
import type { Database } from '../../db/database.ts';
import type { CallLine, CallOutcome } from '../../db/values.ts';
import { findManagedAgent } from '../agents.ts';
import { ManageError } from '../manage-error.ts';
import { maskAttendee } from '../masked-attendee.ts';
import { parseInput } from '../parse-input.ts';

/** What a call can come to, for those who ask for calls by it. */
export const CALL_OUTCOMES = [
  'booked',
  'rescheduled',
  'cancelled',
  'transferred',
  'message_taken',
  'no_booking',
  'unknown',
  'failed',
] as const satisfies readonly CallOutcome[];
/** What a call can come by. */
export const CALL_LINES = [
  'web',
  'phone',
  'console',
  'assistant',
] as const satisfies readonly CallLine[];

/** How a call can be marked, for those who ask for calls by it. */
export const TRUTH_FILTERS = [
  'stopped',
  'corrected',
  'any',
  'none',
] as const satisfies readonly TruthFilter[];

const instant = z.date('must be an instant or a date, such as 2026-11-24').exactOptional();

const FilterSchema = z.strictObject({
  agent: z.string().exactOptional(),
  outcome: z
    .enum(CALL_OUTCOMES, {
      error:
        'must be booked, rescheduled, cancelled, transferred, message_taken, no_booking, unknown or failed',
    })
    .exactOptional(),
  line: z.enum(CALL_LINES, { error: 'must be web, phone, console or assistant' }).exactOptional(),
  truth: z
    .enum(TRUTH_FILTERS, { error: 'must be stopped, corrected, any or none' })
    .exactOptional(),
  number: z
    .string()
    .trim()
    .transform((number) => number.replaceAll(/[ ().-]/g, ''))
    .pipe(z.string().regex(/^\+?\d{3,15}$/, 'must be a number, or its last digits, three at least'))
    .exactOptional(),
  text: z
    .string()
    .trim()
    .regex(/^[^\0\p{Cs}]*[\p{L}\p{N}][^\0\p{Cs}]*$/u, 'must have a letter or a digit')
    .max(200, 'must have 200 characters at most')
    .exactOptional(),
  from: instant,
  to: instant,
  rehearsals: z.boolean().default(false),
  cursor: z.uuid('must be what the page before ended with').exactOptional(),
  limit: z.int('must be a whole number').min(1).max(1_000, 'must be 1000 at most').default(50),
});

/** Which calls; what is undefined does not narrow. */
export type CallsInput = { [Field in keyof z.infer<typeof FilterSchema>]?: unknown };

export interface CallsPage {
  calls: ListedCall[];
  /** The cursor of the page that follows; null on the last one. */
  next: string | null;
}

/**
 * Calls, newest first, a page at a time. Rehearsals are left out unless they are asked for.
 * @param options.showPersonal callers' numbers are masked without it
 * @throws {ManageError}
 */
export async function listCalls(
  db: Database,
  organizationId: string,
  input: CallsInput,
  { showPersonal }: { showPersonal: boolean },
): Promise<CallsPage> {
  const { agent, cursor, limit, text, ...filter } = parseInput(FilterSchema, input);
  if (cursor !== undefined && !(await findListedCall(db, { organizationId, id: cursor }))) {
    throw new ManageError('The call where the page before ended is gone: begin anew.', {
      field: 'cursor',
    });
  }
  const found = await findCalls(db, text, {
    ...filter,
    organizationId,
    // One more tells whether there is a page after this one.
    limit: limit + 1,
    ...(cursor === undefined ? {} : { after: cursor }),
    ...(agent === undefined
      ? {}
      : { agentId: (await findManagedAgent(db, organizationId, agent)).id }),
  });
  const calls = found.slice(0, limit);
  const next = found.length > limit ? (calls.at(-1)?.id ?? null) : null;
  return { calls: showPersonal ? calls : calls.map(maskCaller), next };
}

async function findCalls(
  db: Database,
  text: string | undefined,
  filter: CallFilter,
): Promise<ListedCall[]> {
  if (text === undefined) return listStoredCalls(db, filter);
  try {
    return await searchCalls(db, { ...filter, text });
  } catch (cause) {
    if (!(cause instanceof SearchTooWideError)) throw cause;
    throw new ManageError(
      'is said in too many calls to look through them all: name a word that is said less often, or days, an agent or an outcome beside it',
      { field: 'text', cause },
    );
  }
}

/** A call without its caller's number and name, but enough to tell two apart. */
export function maskCaller<Call extends Pick<ListedCall, 'callerNumber' | 'attendeeName'>>(
  call: Call,
): Call {
  const { callerNumber, attendeeName } = call;
  const { name, phone } = maskAttendee({
    name: attendeeName ?? '',
    email: null,
    phone: callerNumber,
  });
  return { ...call, callerNumber: phone, attendeeName: attendeeName === null ? null : name };
}
