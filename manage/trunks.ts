import { z } from 'zod';
import { findNamed } from './find-named.ts';
import { ManageError } from './manage-error.ts';
import { NameSchema, parseInput } from './parse-input.ts';
import { refuseTaken } from './refuse-taken.ts';
import type { Database } from '../db/database.ts';
import { listPhoneNumbers } from '../db/phone/phone-numbers.ts';
import {
  deleteSipTrunk,
  insertSipTrunk,
  listSipTrunks,
  updateSipTrunk,
} from '../db/phone/sip-trunks.ts';
import type { DigestCredentials, SipTrunk } from '../db/phone/sip-trunks.ts';
import { faultOfAddress } from '../calls/trunks/allowed-addresses.ts';

export interface TrunkParts {
  db: Database;
  /** Asked for where a password is to be sealed. */
  masterKey: () => Buffer;
  /** The password of digest authentication, asked for where a username is given; null: none. */
  readPassword: () => Promise<string | null>;
  /** What whoever gave none is told, behind "is missing: ". */
  howToGivePassword?: string;
}

const AddressesSchema = z.array(z.string().trim());
const UsernameSchema = z
  .string()
  .regex(/^[\w.~-]{1,64}$/, 'must be letters, digits, ".", "-", "_" or "~", 64 at most');

export const NewTrunkSchema = z.strictObject({
  name: NameSchema,
  allow: AddressesSchema.default([]),
  username: UsernameSchema.exactOptional(),
});

export const TrunkChangeSchema = z.strictObject({
  name: NameSchema.exactOptional(),
  allow: AddressesSchema.exactOptional(),
  /** Null takes the credentials away. */
  username: UsernameSchema.nullable().exactOptional(),
});

const NAME_TAKEN = {
  message: 'There is a trunk of this name already: choose another one.',
  field: 'name',
};

/** What an operator says of a trunk; what is undefined stays, or is the default. */
export type TrunkInput = { [Field in keyof z.infer<typeof TrunkChangeSchema>]?: unknown };

/** @throws {ManageError} */
export async function addTrunk(
  parts: TrunkParts,
  organizationId: string,
  input: TrunkInput,
): Promise<SipTrunk> {
  const { db } = parts;
  const { name, allow, username } = parseInput(NewTrunkSchema, input);
  requireAccess(allow, username !== undefined);
  const digest = username === undefined ? null : await readDigest(parts, username);
  await refuseTaken(NAME_TAKEN, () =>
    insertSipTrunk(db, { organizationId, name, allowedAddresses: allow, digest }),
  );
  return findManagedTrunk(db, organizationId, name);
}

/**
 * Changes what is given. A username brings a new password with it.
 * @throws {ManageError}
 */
export async function editTrunk(
  parts: TrunkParts,
  organizationId: string,
  wanted: string,
  input: TrunkInput,
): Promise<SipTrunk> {
  const { db } = parts;
  const trunk = await findManagedTrunk(db, organizationId, wanted);
  const { name, allow, username } = parseInput(TrunkChangeSchema, input);
  if (name === undefined && allow === undefined && username === undefined) {
    throw new ManageError('Say what is to be changed.');
  }
  const isGuarded = (username === undefined ? trunk.authUsername : username) !== null;
  requireAccess(allow ?? trunk.allowedAddresses, isGuarded);
  const digest = typeof username === 'string' ? await readDigest(parts, username) : username;
  await refuseTaken(NAME_TAKEN, () =>
    updateSipTrunk(db, trunk, {
      ...(name === undefined ? {} : { name }),
      ...(allow === undefined ? {} : { allowedAddresses: allow }),
      ...(digest === undefined ? {} : { digest }),
    }),
  );
  return findManagedTrunk(db, organizationId, name ?? trunk.id);
}

/**
 * Removes a trunk that no number comes by.
 * @throws {ManageError}
 */
export async function removeTrunk(
  db: Database,
  organizationId: string,
  wanted: string,
): Promise<SipTrunk> {
  const trunk = await findManagedTrunk(db, organizationId, wanted);
  const numbers = (await listPhoneNumbers(db, organizationId))
    .filter(({ sipTrunkId }) => sipTrunkId === trunk.id)
    .map(({ number }) => number);
  if (numbers.length > 0) {
    throw new ManageError(
      `Numbers come by this trunk: remove them first, or move them to another one (${numbers.join(', ')}).`,
      { field: 'trunk' },
    );
  }
  await deleteSipTrunk(db, trunk);
  return trunk;
}

/** Trunks of an organization, in order of their names. */
export function listTrunks(db: Database, organizationId: string): Promise<SipTrunk[]> {
  return listSipTrunks(db, organizationId);
}

/**
 * A trunk by its name or id.
 * @throws {ManageError} naming those whose name is near, where there is none of this one
 */
export async function findManagedTrunk(
  db: Database,
  organizationId: string,
  wanted: string,
): Promise<SipTrunk> {
  return findNamed(await listSipTrunks(db, organizationId), wanted, 'trunk');
}

/** Every call costs money: a trunk keeps strangers out by address, by password or by both. */
function requireAccess(addresses: readonly string[], isGuarded: boolean): void {
  if (addresses.length === 0 && !isGuarded) {
    throw new ManageError(
      "is missing: name your provider's signalling addresses, or a username and a password. Without either anybody could call.",
      { field: 'allow' },
    );
  }
  for (const address of addresses) {
    const fault = faultOfAddress(address, isGuarded);
    if (fault !== null) throw new ManageError(fault, { field: 'allow' });
  }
}

/** Whole ranges of addresses are tried with lists of passwords, all day. */
const SHORTEST_PASSWORD = 12;

async function readDigest(
  { masterKey, readPassword, howToGivePassword }: TrunkParts,
  username: string,
): Promise<DigestCredentials> {
  const password = await readPassword();
  if (password === null) {
    throw new ManageError(
      `is missing: ${howToGivePassword ?? 'a username goes with the password that your provider sends'}`,
      { field: 'password' },
    );
  }
  if (password.length < SHORTEST_PASSWORD) {
    throw new ManageError(`must have ${SHORTEST_PASSWORD} characters at least`, {
      field: 'password',
    });
  }
  return { username, password, masterKey: masterKey() };
}
