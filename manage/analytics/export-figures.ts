import type { Database } from '../../db/database.ts';
import { listDailyFigures } from '../../db/figures/read-figures.ts';
import { readRange } from './figure-range.ts';
import type { GivenRange } from './figure-range.ts';

/** What spreadsheets take for the beginning of a formula. */
const FORMULA = /^[=+\-@\t\r\n|%]/;

/**
 * Every figure of every day as comma-separated values (RFC 4180). What a spreadsheet would run begins
 * with an apostrophe: names of models and agents come from people.
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
  const lines = [
    ['day', 'agent', 'figure', 'key', 'amount'],
    ...figures.map(({ day, agentSlug, name, key, amount }) => [
      day,
      agentSlug ?? '',
      name,
      key,
      amount,
    ]),
  ];
  return lines.map((line) => `${line.map(writeCell).join(',')}\r\n`).join('');
}

/** One cell, which no spreadsheet takes for a formula. */
export function writeCell(value: string | number): string {
  if (typeof value === 'number') return String(value);
  const text = FORMULA.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
