import { ManageError } from './manage-error.ts';
import { suggestNames } from './near-names.ts';

/**
 * The one of a name or id.
 * @param kind what it is, in the singular
 * @param field of the error; the same unless given
 * @throws {ManageError} naming those whose name is near, where there is none of this one
 */
export function findNamed<T extends { id: string; name: string }>(
  known: readonly T[],
  wanted: string,
  kind: 'calendar' | 'event' | 'organization' | 'trunk',
  field: string = kind,
): T {
  const found = known.filter(({ id, name }) => id === wanted || name === wanted);
  const [only] = found;
  if (only && found.length === 1) return only;
  const names = known.map(({ name }) => name);
  throw new ManageError(
    only
      ? `Several ${kind}s have this name: give the id of one (${found.map(({ id }) => id).join(', ')}).`
      : `There is no ${kind} "${wanted}". ${suggestNames(wanted, names)}`,
    { field, fault: only ? 'invalid' : 'missing' },
  );
}
