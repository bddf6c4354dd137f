import { isDeepStrictEqual } from 'node:util';

/** What differs, as it was and as it is: for the audit log. */
export function changedFields<T extends object>(
  before: T,
  after: T,
): { before: Record<string, unknown>; after: Record<string, unknown> } {
  const was = before as Record<string, unknown>;
  const is = after as Record<string, unknown>;
  const names = Object.keys(is).filter((name) => !isDeepStrictEqual(was[name], is[name]));
  const pick = (from: Record<string, unknown>): Record<string, unknown> =>
    Object.fromEntries(names.map((name) => [name, from[name]]));
  return { before: pick(was), after: pick(is) };
}
