import type { Database } from '../db/database.ts';
import {
  insertOrganization,
  listOrganizations as listStoredOrganizations,
} from '../db/organizations.ts';
import type { Organization } from '../db/organizations.ts';
import { findNamed } from './find-named.ts';
import { ManageError } from './manage-error.ts';
import { suggestNames } from './near-names.ts';
import { NameSchema, parseInput } from './parse-input.ts';
import { z } from 'zod';

/** Those that rehearsals made are left out. */
export function listOrganizations(db: Database): Promise<Organization[]> {
  return listStoredOrganizations(db);
}

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
  if (wanted === undefined) {
    if (known.length === 1) return first;
    const names = known.map(({ name }) => name);
    throw new ManageError(`There are several organizations: name one. ${suggestNames('', names)}`, {
      field: 'organization',
    });
  }
  return findNamed(known, wanted, 'organization');
}
