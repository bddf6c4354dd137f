import type { Database } from '../db/database.ts';
import {
  insertOrganization,
  listOrganizations as listStoredOrganizations,
  readOrganization,
  updateOrganization,
} from '../db/organizations.ts';
import type { Organization, OrganizationSettings } from '../db/organizations.ts';
import { readCallLimits } from '../db/calls/call-limits.ts';
import type { CallLimits } from '../db/calls/call-limits.ts';
import { readRetention } from '../db/forgetting/retention.ts';
import type { Retention } from '../db/forgetting/retention.ts';
import { TimeZoneSchema } from '../runtime/given/time-zone.ts';
import { changeRetention, RetentionSchema } from './forget.ts';
import { changeLimits, LimitsSchema } from './limits.ts';
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

/** What an organization is called, and how long it keeps and how much it lets through. */
export interface WholeOrganization extends OrganizationSettings {
  retention: Retention;
  limits: CallLimits;
}

export const OrganizationChangeSchema = z.strictObject({
  name: NameSchema.exactOptional(),
  timeZone: TimeZoneSchema.nullable().exactOptional(),
  retention: RetentionSchema.exactOptional(),
  limits: LimitsSchema.exactOptional(),
});

/** @param isLocked nobody else edits it until the end of the transaction */
export async function readWholeOrganization(
  db: Database,
  id: string,
  { isLocked = false }: { isLocked?: boolean } = {},
): Promise<WholeOrganization> {
  const settings = await readOrganization(db, id, { isLocked });
  return {
    ...settings,
    retention: await readRetention(db, id),
    limits: await readCallLimits(db, id),
  };
}

/** Changes what is given, and answers it whole. */
export async function editOrganization(
  transaction: Database,
  id: string,
  change: z.output<typeof OrganizationChangeSchema>,
): Promise<WholeOrganization> {
  const { retention = {}, limits = {}, ...settings } = change;
  await updateOrganization(transaction, id, settings);
  await changeRetention(transaction, id, retention);
  await changeLimits(transaction, id, limits);
  return readWholeOrganization(transaction, id);
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
