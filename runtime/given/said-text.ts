/** They turn what stands behind them, in a calendar's entry or on an operator's screen. */
const DIRECTIONS = /[\u202A-\u202E\u2066-\u2069]/g;

/**
 * What a caller says for others to read: notes, answers, reasons, messages.
 * @param most UTF-16 units; no character is cut in two, which no JSON of PostgreSQL takes
 */
export function saidText(text: string, most: number): string {
  return text
    .replaceAll(DIRECTIONS, '')
    .trim()
    .slice(0, most)
    .replace(/[\uD800-\uDBFF]$/, '');
}
