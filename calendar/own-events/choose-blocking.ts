/**
 * Those calendars of an account that its operator names as blocking too.
 * @param named names with commas between, or `all`; undefined for none
 * @param find the calendar of a name; throws where there is none
 */
export function chooseBlocking<Found>(
  calendars: readonly Found[],
  named: string | undefined,
  find: (name: string) => Found,
): readonly Found[] {
  if (named === undefined) return [];
  if (named.trim().toLowerCase() === 'all') return calendars;
  const names = named.split(',').map((name) => name.trim());
  return names.filter((name) => name !== '').map((name) => find(name));
}
