import { DateTime } from 'luxon';
import { z } from 'zod';
import { findAgentBySlug } from '../../db/agents.ts';
import type { Database } from '../../db/database.ts';
import { readDays } from '../../db/figures/read-figures.ts';
import type { FigureRange, PeriodUnit } from '../../db/figures/read-figures.ts';
import { ManageError } from '../manage-error.ts';

/** Two years. */
const LONGEST = 731;
const USUAL = 30;
/** More points are no picture. */
const MOST_POINTS = 200;

const DaySchema = z.iso
  .date('must be a day, such as 2026-11-29')
  .refine((day) => day >= '2000' && day < '3000', 'must be a day of this age');

/** Which days, and whose. */
export const RangeFields = {
  from: DaySchema.optional().meta({
    description: "The first day, in the organization's zone; 30 days up to `to` unless given.",
  }),
  days: z
    .string()
    .regex(/^[1-9]\d{0,2}$/, 'must be a whole number from 1 to 731')
    .transform(Number)
    .optional()
    .meta({ description: 'How many days up to `to`, in the place of `from`.' }),
  to: DaySchema.optional().meta({ description: 'The last day; today unless given.' }),
  agent: z
    .string()
    .regex(/^[a-z0-9-]{1,63}$/, 'must be the slug of an agent')
    .optional()
    .meta({ description: 'The slug of one agent; of all of them unless given.' }),
};

export interface GivenRange {
  from?: string | undefined;
  days?: number | undefined;
  to?: string | undefined;
  agent?: string | undefined;
}

/**
 * Reads which days are asked for.
 * @throws {ManageError} they are too many, or none; or the organization has no such agent
 */
export async function readRange(
  db: Database,
  organizationId: string,
  given: GivenRange,
): Promise<FigureRange & { timeZone: string }> {
  const { to: today, timeZone } = await readDays(db, organizationId, 1);
  const to = given.to ?? today;
  if (given.from !== undefined && given.days !== undefined) {
    throw new ManageError('must not be given beside `from`', { field: 'days' });
  }
  const from =
    given.from ??
    day(to)
      .minus({ days: (given.days ?? USUAL) - 1 })
      .toISODate();
  if (from === null || from > to) {
    throw new ManageError('must not be behind `to`', { field: 'from' });
  }
  if (daysOf({ from, to }) > LONGEST) {
    const field = given.days === undefined ? 'from' : 'days';
    throw new ManageError(`must make ${LONGEST} days at most`, { field });
  }
  const agentId =
    given.agent === undefined ? null : await findAgentId(db, organizationId, given.agent);
  return { organizationId, from, to, agentId, timeZone };
}

/** @throws {ManageError} the organization has none of this slug */
export async function findAgentId(
  db: Database,
  organizationId: string,
  slug: string,
): Promise<string> {
  const agent = await findAgentBySlug(db, slug);
  if (agent?.organizationId === organizationId) return agent.id;
  throw new ManageError('There is no such agent.', { field: 'agent' });
}

/** The smallest of day, week and month of which the range has few enough to be drawn. */
export function unitOf(range: { from: string; to: string }): PeriodUnit {
  const days = daysOf(range);
  if (days <= 92) return 'day';
  return days / 7 <= MOST_POINTS ? 'week' : 'month';
}

/** The first day of every one of a range, those without figures too. */
export function startsOf(range: { from: string; to: string }, unit: PeriodUnit): string[] {
  const starts: string[] = [];
  let start = day(range.from).startOf(unit);
  for (; start <= day(range.to); start = start.plus({ [unit]: 1 })) {
    starts.push(start.toFormat('yyyy-MM-dd'));
  }
  return starts;
}

function daysOf({ from, to }: { from: string; to: string }): number {
  return day(to).diff(day(from), 'days').days + 1;
}

function day(text: string): DateTime {
  return DateTime.fromISO(text, { zone: 'utc' });
}
