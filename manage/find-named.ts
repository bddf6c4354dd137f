import { ManageError } from './manage-error.ts';
import { suggestNames } from './near-names.ts';

/**
 * The one of a name or id.
 * @param field what it is, in the singular; the field of the error
 * @throws {ManageError} naming those whose name is near, where there is none of this one
 */
export function findNamed<T extends { id: string; name: string }>(
  known: readonly T[],
  wanted: string,
  field: 'calendar' | 'event' | 'organization' | 'trunk',
): T {
  const found = known.filter(({ id, name }) => id === wanted || name === wanted);
  const [only] = found;
  if (only && found.length === 1) return only;
  const names = known.map(({ name }) => name);
  throw new ManageError(
    only
      ? `Several ${field}s have this name: give the id of one (${found.map(({ id }) => id).join(', ')}).`
      : `There is no ${field} "${wanted}". ${suggestNames(wanted, names)}`,
    { field, fault: only ? 'invalid' : 'missing' },
  );
}
