/** The first that a User-Agent names counts: many name those they are like. */
const BROWSERS = [
  ['Edg', 'Edge'],
  ['OPR', 'Opera'],
  ['SamsungBrowser', 'Samsung Internet'],
  ['Firefox', 'Firefox'],
  ['Chrome', 'Chrome'],
  ['Safari', 'Safari'],
] as const;

const SYSTEMS = [
  ['iPhone', 'iPhone'],
  ['iPad', 'iPad'],
  ['Android', 'Android'],
  ['Windows', 'Windows'],
  ['Mac OS', 'Mac'],
  ['Linux', 'Linux'],
] as const;

/** "Firefox on Windows". */
export function nameBrowser(userAgent: string | null): string {
  const find = (table: readonly (readonly [string, string])[]): string | undefined =>
    table.find(([mark]) => userAgent?.includes(mark))?.[1];
  const system = find(SYSTEMS);
  return `${find(BROWSERS) ?? 'Unknown browser'}${system === undefined ? '' : ` on ${system}`}`;
}
