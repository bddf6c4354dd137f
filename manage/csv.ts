/** Cells of one row by the column's title. */
export type CsvRow = Readonly<Record<string, string | number | boolean | null | undefined>>;

/** Rows as RFC 4180 has them, with the columns' titles first. */
export function formatCsv(titles: readonly string[], rows: readonly CsvRow[]): string {
  const lines = rows.map((row) => titles.map((title) => toField(row[title])).join(','));
  return [titles.join(','), ...lines].join('\r\n');
}

function toField(value: CsvRow[string]): string {
  const text = value === null || value === undefined ? '' : String(value);
  // A spreadsheet would run what a stranger said: "=cmd…", in East Asia also in wide signs.
  const safe =
    /^[=+\-@\t\r\n|%＝＋－＠]/.test(text) && typeof value === 'string' ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
