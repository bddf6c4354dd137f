import type { QueryOf } from '../../api/route-types.ts';
import { dayAfter, isDay, startOfDay } from '../../components/days.ts';

/** Filters as they stand in the address of the page; days are the organization's. */
export const FILTERS = [
  'agent',
  'line',
  'outcome',
  'truth',
  'from',
  'to',
  'number',
  'text',
] as const;

export type Filter = (typeof FILTERS)[number];

/** What a list of calls is asked for; what is not given is left out. */
export function toQuery(search: URLSearchParams, timeZone: string): QueryOf<'listCalls'> {
  const given = FILTERS.flatMap((name) => {
    const value = search.get(name);
    return value === null || value === '' ? [] : [[name, value] as const];
  });
  const query = Object.fromEntries(given);
  const { from, to } = query;
  return {
    ...query,
    ...(isDay(from) ? { from: startOfDay(from, timeZone).toISOString() } : {}),
    // The day is meant to its end.
    ...(isDay(to) ? { to: startOfDay(dayAfter(to), timeZone).toISOString() } : {}),
  };
}

export function isNarrowed(search: URLSearchParams): boolean {
  return FILTERS.some((name) => search.get(name));
}
