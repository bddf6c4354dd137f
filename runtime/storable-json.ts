/** Deeper than anything is nested that anybody means. */
const DEEPEST = 64;

/**
 * A value of JSON as PostgreSQL's jsonb takes it (manual, section 8.14): without NUL, with half
 * surrogates replaced (U+FFFD), and with null for what is nested deeper than 64 levels. All the rest is
 * kept.
 */
export function storableJson(value: unknown): unknown {
  return mapTexts(value, storableText, DEEPEST);
}

/**
 * A value of JSON with every text in it changed, names too; dates stay as they are.
 * @param deepest levels; what is nested deeper becomes null
 */
export function mapTexts(
  value: unknown,
  change: (text: string) => string,
  deepest = Number.POSITIVE_INFINITY,
): unknown {
  if (typeof value === 'string') return change(value);
  if (typeof value !== 'object' || value === null || value instanceof Date) return value;
  if (deepest <= 0) return null;
  const inner = (part: unknown): unknown => mapTexts(part, change, deepest - 1);
  if (Array.isArray(value)) return value.map(inner);
  return Object.fromEntries(
    Object.entries(value).map(([name, part]) => [change(name), inner(part)]),
  );
}

function storableText(text: string): string {
  return text.replaceAll('\u0000', '').toWellFormed();
}
