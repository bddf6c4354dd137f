import { z } from 'zod';
import { parseInput } from './parse-input.ts';
import type { Database } from '../db/database.ts';
import { readCallLimits, updateCallLimits } from '../db/calls/call-limits.ts';
import type { CallLimits } from '../db/calls/call-limits.ts';

const CountSchema = z.int('must be a whole number').min(1, 'must be 1 at least');

export const LimitsSchema = z.strictObject({
  callsAtOnce: CountSchema.max(10_000, 'must be 10000 at most').exactOptional(),
  callsPerCallerAnHour: CountSchema.max(10_000, 'must be 10000 at most').exactOptional(),
  longestCallMinutes: CountSchema.max(240, 'must be 240 at most').exactOptional(),
  callsPerVisitorAtOnce: CountSchema.max(10_000, 'must be 10000 at most').exactOptional(),
  keptForPhone: z
    .int('must be a whole number')
    .min(0, 'must be 0 at least')
    .max(100, 'must be 100 at most')
    .exactOptional(),
});

export type LimitsInput = { [Field in keyof CallLimits]?: unknown };

/**
 * Changes what is given of an organization's limits, and answers them all.
 * @throws {ManageError}
 */
export async function changeLimits(
  db: Database,
  organizationId: string,
  input: LimitsInput,
): Promise<CallLimits> {
  const change = parseInput(LimitsSchema, input);
  if (Object.keys(change).length > 0) await updateCallLimits(db, organizationId, change);
  return readCallLimits(db, organizationId);
}
