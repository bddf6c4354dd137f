import { z } from 'zod';
import { findManagedIntent, listManagedIntents } from '../../db/managed-intents.ts';
import type { ManagedIntent } from '../../db/managed-intents.ts';
import type { Database } from '../../db/database.ts';
import type { IntentState } from '../../db/schema.ts';
import { CannotSettleError, settleIntentByHand } from '../settle-by-hand.ts';
import { ManageError } from './manage-error.ts';
import { maskAttendee } from './masked-attendee.ts';
import type { ShownAttendee } from './masked-attendee.ts';
import { parseInput } from './parse-input.ts';

/** An intent with its attendee in a form that may be shown. */
export type ShownIntent = Omit<ManagedIntent, 'attendee'> & { attendee: ShownAttendee };

const STATES = [
  'requested',
  'claimed',
  'confirmed',
  'refused',
  'unknown',
  'attention',
  'released',
] as const satisfies IntentState[];

const FilterSchema = z.strictObject({
  state: z.enum(STATES, { error: `must be one of ${STATES.join(', ')}` }).exactOptional(),
  limit: z.int('must be a whole number').min(1).max(1_000).default(50),
});

/**
 * What is not settled yet, what wants an operator first; of one state, when it is named.
 * @param showPersonal names, e-mail addresses and numbers are masked without it
 * @throws {ManageError}
 */
export async function listIntents(
  db: Database,
  organizationId: string,
  input: { [Field in keyof z.infer<typeof FilterSchema>]?: unknown },
  { showPersonal }: { showPersonal: boolean },
): Promise<ShownIntent[]> {
  const { state, limit } = parseInput(FilterSchema, input);
  const found = await listManagedIntents(db, {
    organizationId,
    limit,
    ...(state === undefined ? {} : { states: [state] }),
  });
  return found.map((intent) => show(intent, showPersonal));
}

const SettleSchema = z.strictObject({
  id: z.uuid('must be the id that `intents list` shows'),
  outcome: z.enum(['happened', 'did-not-happen'], {
    error: 'must be happened or did-not-happen, as you see it in the calendar',
  }),
  reason: z
    .string('is missing: say how you know, for the record')
    .trim()
    .min(1, 'must not be empty: say how you know, for the record')
    .max(500, 'must have 500 characters at most'),
});

/**
 * Writes how an intent ended, as an operator saw it in the calendar; the attendee is told.
 * @throws {ManageError} there is no such intent, or it is settled already
 */
export async function settleIntent(
  db: Database,
  organizationId: string,
  input: { [Field in keyof z.infer<typeof SettleSchema>]?: unknown },
): Promise<ShownIntent> {
  const { id, outcome, reason } = parseInput(SettleSchema, input);
  const key = { organizationId, id };
  try {
    const state = outcome === 'happened' ? 'confirmed' : 'refused';
    await settleIntentByHand(db, key, state, reason);
  } catch (cause) {
    if (!(cause instanceof CannotSettleError)) throw cause;
    throw new ManageError(cause.message, { field: 'id', cause });
  }
  const settled = await findManagedIntent(db, key);
  if (!settled) throw new ManageError('There is no such intent.', { field: 'id' });
  return show(settled, false);
}

function show({ attendee, ...intent }: ManagedIntent, showPersonal: boolean): ShownIntent {
  const { name, email, phone } = attendee;
  const shown = { name, email, phone };
  return { ...intent, attendee: showPersonal ? shown : maskAttendee(shown) };
}
