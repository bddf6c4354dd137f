import { DateTime } from 'luxon';
import { z } from 'zod';
import { Totals } from '../../calls/figures/totals.ts';
import type { Database } from '../../db/database.ts';
import { readDays, readFigures } from '../../db/figures/read-figures.ts';
import { readSpendingLimit, writeSpendingLimit } from '../../db/figures/spending-limits.ts';
import type { SpendingLimit } from '../../db/figures/spending-limits.ts';
import { readModelFigures } from './model-figures.ts';
import type { ModelFigures } from './model-figures.ts';

export const MonthSchema = z
  .string()
  .regex(/^20\d\d-(?:0[1-9]|1[0-2])$/, 'must be a month, such as 2026-11');

/** What was used in a month. */
export interface Usage {
  /** "2026-11", in the organization's zone. */
  month: string;
  timeZone: string;
  calls: number;
  lines: { line: string; calls: number; minutes: number }[];
  models: ModelFigures[];
  /** US dollars, at the prices that we know of each day: the bill may differ. */
  estimatedCost: number;
  /** False where an answer has no known price: it costs more. */
  isCostComplete: boolean;
  limit: SpendingLimit | null;
}

/** @param given.month this one unless given */
export async function readUsage(
  db: Database,
  organizationId: string,
  given: { month?: string | undefined },
): Promise<Usage> {
  const { to: today, timeZone } = await readDays(db, organizationId, 1);
  const month = given.month ?? today.slice(0, 7);
  const first = DateTime.fromISO(`${month}-01`, { zone: 'utc' });
  const range = {
    organizationId,
    agentId: null,
    from: `${month}-01`,
    to: first.endOf('month').toFormat('yyyy-MM-dd'),
  };
  const totals = new Totals(
    await readFigures(db, range, ['calls', 'line', 'line_ms', 'tokens', 'cost', 'unpriced']),
  );
  const models = readModelFigures(totals);
  return {
    month,
    timeZone,
    calls: totals.of('calls'),
    lines: [...totals.keys('line')].map(([line, calls]) => ({
      line,
      calls,
      minutes: totals.of('line_ms', line) / 60_000,
    })),
    models,
    estimatedCost: models.reduce((sum, { cost }) => sum + cost, 0),
    isCostComplete: models.every(({ isComplete }) => isComplete),
    limit: await readSpendingLimit(db, organizationId),
  };
}

export const SpendingLimitSchema = z.strictObject({
  dollars: z
    .number('must be an amount of US dollars, or null')
    .min(0.01, 'must be 0.01 at least')
    .max(1_000_000, 'must be 1000000 at most')
    .multipleOf(0.01, 'must be in whole cents')
    .nullable()
    .meta({ description: 'US dollars of a month; null: no limit.' }),
  warnAt: z
    .int('must be a whole number')
    .min(1, 'must be 1 at least')
    .max(100, 'must be 100 at most')
    .default(80)
    .meta({ description: 'Percent of it at which owners and admins are told before.' }),
});

/** Sets what may be spent in a month before somebody is told, or takes it away. */
export async function changeSpendingLimit(
  db: Database,
  organizationId: string,
  { dollars, warnAt }: z.output<typeof SpendingLimitSchema>,
): Promise<void> {
  await writeSpendingLimit(db, organizationId, dollars === null ? null : { dollars, warnAt });
}
