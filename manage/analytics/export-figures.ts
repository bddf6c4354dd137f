import type { Database } from '../../db/database.ts';
import { listDailyFigures } from '../../db/figures/read-figures.ts';
import { formatCsv } from '../csv.ts';
import { readRange } from './figure-range.ts';
import type { GivenRange } from './figure-range.ts';

const TITLES = ['day', 'agent', 'figure', 'key', 'amount'];

/**
 * Every figure of every day as comma-separated values.
 *
 * @throws {ManageError} the days cannot be told, or there is no such agent
 */
export async function exportFigures(
  db: Database,
  organizationId: string,
  given: GivenRange,
): Promise<string> {
  const range = await readRange(db, organizationId, given);
  const figures = await listDailyFigures(db, range);
  const rows = figures.map(({ agentSlug, name, ...rest }) => ({
    ...rest,
    agent: agentSlug,
    figure: name,
  }));
  return `${formatCsv(TITLES, rows)}\r\n`;
}
