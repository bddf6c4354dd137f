/** Deeper than anything is nested that anybody means. */
const DEEPEST = 64;

/**
 * A value of JSON as PostgreSQL's jsonb takes it (manual, section 8.14): without NUL, with half
 * surrogates replaced (U+FFFD), and with null for what is nested deeper than 64 levels. All the rest is
 * kept.
 */
export function storableJson(value: unknown, depth = 0): unknown {
  if (typeof value === 'string') return storableText(value);
  if (typeof value !== 'object' || value === null) return value;
  if (depth >= DEEPEST) return null;
  if (Array.isArray(value)) return value.map((part) => storableJson(part, depth + 1));
  return Object.fromEntries(
    Object.entries(value).map(([name, part]) => [
      storableText(name),
      storableJson(part, depth + 1),
    ]),
  );
}

function storableText(text: string): string {
  return text.replaceAll('\u0000', '').toWellFormed();
}
