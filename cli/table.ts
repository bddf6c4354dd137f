/** Cells of one row by the column's title; null and undefined show as a dash. */
export type Row = Record<string, string | number | boolean | null | undefined>;

/** A table for people: the columns of the first row, as wide as their widest cell. */
export function formatTable(rows: readonly Row[], whenEmpty: string): string {
  const [first] = rows;
  if (!first) return whenEmpty;
  const titles = Object.keys(first);
  const cells = rows.map((row) => titles.map((title) => toCell(row[title])));
  const widths = titles.map((title, column) =>
    Math.max(title.length, ...cells.map((line) => line[column]?.length ?? 0)),
  );
  const format = (line: readonly string[]) =>
    line
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd();
  return [format(titles.map((title) => title.toUpperCase())), ...cells.map(format)].join('\n');
}

/** Names come from strangers: what would steer the terminal is not printed. */
export function toCell(value: Row[string]): string {
  if (value === null || value === undefined || value === '') return '–';
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  return String(value).replace(/\p{C}+/gu, ' ');
}
