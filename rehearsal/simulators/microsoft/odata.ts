import type { Call } from './call.ts';
import type { Shape } from './event-json.ts';
import { badRequest } from './graph-error.ts';

const PROPERTY_ID = /^String \{[0-9a-f-]{36}\} Name \w+$/i;
const OF_PROPERTY =
  /^singleValueExtendedProperties\/any\((\w+):\s*\1\/id eq '([^']+)' and \1\/value eq '((?:[^']|'')*)'\)$/i;

/** How the events of an answer are to look. */
export function shapeOf({ query }: Pick<Call, 'query'>, { isList }: { isList: boolean }): Shape {
  const select = query.get('$select');
  const expand = query.get('$expand') ?? '';
  const ids = [...expand.matchAll(/id eq '([^']+)'/g)].map((match) => match[1] ?? '');
  if (expand !== '' && ids.length === 0) throw refusedQuery('$expand');
  for (const id of ids) checkPropertyId(id);
  return { select: select === null ? null : select.split(','), expand: ids, isList };
}

/** Which events a filter lets through: one of a property is all that is known here. */
export function filterOf({
  query,
}: Pick<Call, 'query'>): (properties: ReadonlyMap<string, string>) => boolean {
  const filter = query.get('$filter');
  if (filter === null) return () => true;
  const [, , id, value] = OF_PROPERTY.exec(filter) ?? [];
  if (id === undefined || value === undefined) throw refusedQuery('$filter');
  checkPropertyId(id);
  const wanted = value.replaceAll("''", "'").toLowerCase();
  // Exchange compares values without regard to capitals.
  return (properties) => properties.get(id.toLowerCase())?.toLowerCase() === wanted;
}

export function checkPropertyId(id: string): void {
  if (PROPERTY_ID.test(id)) return;
  throw badRequest('ErrorInvalidExtendedProperty', `"${id}" is no id of an extended property.`);
}

/** A page of what is listed, with the link to the next one. */
export function pageOf<T>(
  { query, root }: Pick<Call, 'query' | 'root'>,
  { path, items }: { path: string; items: readonly T[] },
): { value: T[]; '@odata.nextLink'?: string } {
  const top = Math.min(Number(query.get('$top') ?? 10), 1_000);
  const skip = Number(query.get('$skip') ?? 0);
  const value = items.slice(skip, skip + top);
  if (skip + top >= items.length) return { value };
  const next = new URLSearchParams(query);
  next.set('$skip', String(skip + top));
  return { value, '@odata.nextLink': `${root}${path}?${next.toString()}` };
}

/** Milliseconds since 1970. */
export function windowOf({ query }: Pick<Call, 'query'>): { from: number; to: number } {
  const [from, to] = ['startDateTime', 'endDateTime'].map((name) =>
    Date.parse(query.get(name) ?? ''),
  );
  if (from === undefined || to === undefined || !(from < to)) {
    throw badRequest('ErrorInvalidParameter', 'This request needs a window of time.');
  }
  return { from, to };
}

function refusedQuery(option: string): Error {
  return badRequest('ErrorInvalidUrlQuery', `The query option ${option} is not supported.`);
}
