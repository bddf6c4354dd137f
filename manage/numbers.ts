import { z } from 'zod';
import { findManagedAgent } from './agents.ts';
import { ManageError } from './manage-error.ts';
import { suggestNames } from './near-names.ts';
import { parseInput } from './parse-input.ts';
import { listAgentSlugs } from '../db/agents.ts';
import type { Database } from '../db/database.ts';
import {
  deletePhoneNumber,
  insertPhoneNumber,
  listPhoneNumbers,
  updatePhoneNumber,
} from '../db/phone/phone-numbers.ts';
import type { OrganizationNumber } from '../db/phone/phone-numbers.ts';
import { listSipTrunks } from '../db/phone/sip-trunks.ts';
import { NumberSchema } from './parse-number.ts';
import { refuseTaken } from './refuse-taken.ts';
import { findManagedTrunk } from './trunks.ts';

const optionalFields = {
  trunk: z.string().exactOptional(),
  label: z.string().trim().max(100, 'must have 100 characters at most').exactOptional(),
  inbound: z.boolean().exactOptional(),
};

export const NewNumberSchema = z.strictObject({
  number: NumberSchema,
  agent: z.string('is missing: who answers?'),
  ...optionalFields,
});

export const NumberChangeSchema = z.strictObject({
  agent: z.string().exactOptional(),
  ...optionalFields,
});

const NUMBER_TAKEN = {
  message: 'This number has an agent already.',
  field: 'number',
};

/** What an operator says of a number; what is undefined stays, or is the default. */
export type NumberInput = { [Field in keyof z.infer<typeof NewNumberSchema>]?: unknown };

/** A number with its agent and trunk as their operator calls them. */
export interface ShownNumber extends OrganizationNumber {
  agentSlug: string;
  trunkName: string;
}

/**
 * Gives an agent a number. LiveKit knows of it after the next sync.
 * @throws {ManageError}
 */
export async function addNumber(
  db: Database,
  organizationId: string,
  input: NumberInput,
): Promise<ShownNumber> {
  const { agent, trunk, ...number } = parseInput(NewNumberSchema, input);
  const { id: agentId } = await findManagedAgent(db, organizationId, agent);
  const sipTrunkId = await chooseTrunkId(db, organizationId, trunk);
  await refuseTaken(NUMBER_TAKEN, () =>
    insertPhoneNumber(db, { organizationId, agentId, sipTrunkId, ...number }),
  );
  return findManagedNumber(db, organizationId, number.number);
}

/** @throws {ManageError} */
export async function editNumber(
  db: Database,
  organizationId: string,
  wanted: string,
  input: Omit<NumberInput, 'number'>,
): Promise<ShownNumber> {
  const present = await findManagedNumber(db, organizationId, wanted);
  const { agent, trunk, ...change } = parseInput(NumberChangeSchema, input);
  if (agent === undefined && trunk === undefined && Object.keys(change).length === 0) {
    throw new ManageError('Say what is to be changed.');
  }
  await updatePhoneNumber(db, present, {
    ...change,
    ...(agent === undefined
      ? {}
      : { agentId: (await findManagedAgent(db, organizationId, agent)).id }),
    ...(trunk === undefined
      ? {}
      : { sipTrunkId: (await findManagedTrunk(db, organizationId, trunk)).id }),
  });
  return findManagedNumber(db, organizationId, present.number);
}

/**
 * Calls to the number are refused from now on; LiveKit forgets it at the next sync.
 * @throws {ManageError}
 */
export async function removeNumber(
  db: Database,
  organizationId: string,
  wanted: string,
): Promise<ShownNumber> {
  const number = await findManagedNumber(db, organizationId, wanted);
  await deletePhoneNumber(db, number);
  return number;
}

/** Numbers of an organization, in order of the number. */
export async function listNumbers(db: Database, organizationId: string): Promise<ShownNumber[]> {
  return nameNumbers(db, organizationId, await listPhoneNumbers(db, organizationId));
}

/** Numbers of an organization with the names of what belongs to them. */
export async function nameNumbers(
  db: Database,
  organizationId: string,
  numbers: readonly OrganizationNumber[],
): Promise<ShownNumber[]> {
  const agents = await listAgentSlugs(db, organizationId);
  const trunks = await listSipTrunks(db, organizationId);
  return numbers.map((number) => ({
    ...number,
    agentSlug: agents.find(({ id }) => id === number.agentId)?.slug ?? '',
    trunkName: trunks.find(({ id }) => id === number.sipTrunkId)?.name ?? '',
  }));
}

/**
 * A number by itself or its id.
 * @throws {ManageError} naming those that are near, where there is none of this one
 */
export async function findManagedNumber(
  db: Database,
  organizationId: string,
  wanted: string,
): Promise<ShownNumber> {
  const parsed = NumberSchema.safeParse(wanted);
  const known = await listNumbers(db, organizationId);
  const found = known.find(({ id, number }) => id === wanted || number === (parsed.data ?? wanted));
  if (found) return found;
  const numbers = known.map(({ number }) => number);
  throw new ManageError(`There is no number "${wanted}". ${suggestNames(wanted, numbers)}`, {
    field: 'number',
    fault: 'missing',
  });
}

/** The only trunk there is, unless one is named. */
async function chooseTrunkId(
  db: Database,
  organizationId: string,
  wanted: string | undefined,
): Promise<string> {
  if (wanted !== undefined) return (await findManagedTrunk(db, organizationId, wanted)).id;
  const known = await listSipTrunks(db, organizationId);
  const [only] = known;
  if (only && known.length === 1) return only.id;
  const names = known.map(({ name }) => name);
  throw new ManageError(
    only
      ? `is missing: by which trunk do calls come? ${suggestNames('', names)}`
      : 'There is no trunk yet by which calls could come: add one first.',
    { field: 'trunk' },
  );
}
