import type { Database } from '../../db/database.ts';
import { insertOrganization, listOrganizations } from '../../db/organizations.ts';
import type { Organization } from '../../db/organizations.ts';
import { ManageError } from './manage-error.ts';
import { suggestNames } from './near-names.ts';
import { NameSchema, parseInput } from './parse-input.ts';
import { z } from 'zod';

/** @throws {ManageError} */
export async function addOrganization(
  db: Database,
  given: { name: string },
): Promise<Organization> {
  const { name } = parseInput(z.strictObject({ name: NameSchema }), given);
  const known = await listOrganizations(db);
  if (known.some((organization) => organization.name === name)) {
    throw new ManageError('There is an organization of that name already.', { field: 'name' });
  }
  return { id: await insertOrganization(db, name), name };
}

/**
 * The organization of that name or id; without one, the only organization there is.
 * @throws {ManageError} when there is none, or several and none was named
 */
export async function chooseOrganization(
  db: Database,
  wanted: string | undefined,
): Promise<Organization> {
  const known = await listOrganizations(db);
  const [first] = known;
  if (!first) {
    throw new ManageError(
      'There is no organization yet. Make one with `organizations add NAME`, or let `npm start` make the demo.',
    );
  }
  const names = known.map(({ name }) => name);
  if (wanted === undefined) {
    if (known.length === 1) return first;
    throw new ManageError(`There are several organizations: name one. ${suggestNames('', names)}`, {
      field: 'organization',
    });
  }
  const found = known.filter(({ id, name }) => id === wanted || name === wanted);
  const [only] = found;
  if (only && found.length === 1) return only;
  throw new ManageError(
    found.length > 1
      ? `Several organizations have this name: give the id of one (${found.map(({ id }) => id).join(', ')}).`
      : `There is no organization "${wanted}". ${suggestNames(wanted, names)}`,
    { field: 'organization' },
  );
}
