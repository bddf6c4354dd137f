import { z } from 'zod';
import { insertAuditEntry } from '../../db/accounts/audit-entries.ts';
import { hasOwner, listMemberships, putMember } from '../../db/accounts/members.ts';
import { findSetupLink, insertSetupLink, useSetupLink } from '../../db/accounts/setup-links.ts';
import {
  deleteSessions,
  deleteVerifications,
  findUserByEmail,
  insertUser,
  replacePassword,
} from '../../db/accounts/users.ts';
import type { Database } from '../../db/database.ts';
import { ManageError } from '../manage-error.ts';
import { chooseOrganization } from '../organizations.ts';
import { NameSchema, parseInput } from '../parse-input.ts';
import { officeLink } from './account-links.ts';
import { PasswordSchema } from './password-rules.ts';
import { digestToken, makeSecretToken } from './secret-token.ts';
import { SignInAddressSchema } from './sign-in-address.ts';

/** Milliseconds for which a set-up link is good. */
const LIFETIME = 3_600_000;

/** Answers a link that makes an owner of the organization, once and within the hour. */
export async function makeSetupLink(
  db: Database,
  { organizationId, officeUrl }: { organizationId: string; officeUrl: string },
): Promise<string> {
  const { token, digest } = makeSecretToken();
  await db
    .transaction()
    .execute((transaction) =>
      insertSetupLink(transaction, { organizationId, tokenDigest: digest, lifetime: LIFETIME }),
    );
  return officeLink(officeUrl, 'set-up', token);
}

/**
 * The link of a first start; null where somebody owns an organization already, and where nobody can
 * say which one is meant.
 */
export async function makeFirstSetupLink(db: Database, officeUrl: string): Promise<string | null> {
  if (await hasOwner(db)) return null;
  try {
    const { id } = await chooseOrganization(db, undefined);
    return await makeSetupLink(db, { organizationId: id, officeUrl });
  } catch (error) {
    if (error instanceof ManageError) return null;
    throw error;
  }
}

/** What whoever holds a set-up link says of themselves. */
export const OwnerSchema = z.strictObject({
  token: z.string().min(1).max(200),
  name: NameSchema,
  email: SignInAddressSchema,
  password: PasswordSchema,
});

interface SetUpParts {
  db: Database;
  hashPassword: (password: string) => Promise<string>;
  /** Whoever has signed in; null: nobody. */
  userId: string | null;
}

const SPENT = {
  message:
    'This link has been used, or is too old. `npm run slotline -- office setup-link` prints a new one.',
  field: 'token',
};

/**
 * Makes the owner that a set-up link is for. Whoever can print one has the machine: an address that
 * is known is made an owner too, with the new password, and its sessions end. One that belongs to
 * another organization as well must be signed in to first: nobody there has printed a link.
 *
 * @throws {ManageError} the link is no good, the address is somebody else's, or a field cannot be used
 */
export async function setUpOwner(
  { db, hashPassword, userId: signedIn }: SetUpParts,
  given: z.input<typeof OwnerSchema>,
): Promise<{ userId: string; organizationId: string }> {
  const { token, name, email, password } = parseInput(OwnerSchema, given);
  const digest = digestToken(token);
  // A hash takes a while of a core: nobody has one made for a link that is no good.
  if ((await findSetupLink(db, digest)) === undefined) {
    throw new ManageError(SPENT.message, SPENT);
  }
  const passwordHash = await hashPassword(password);
  return db.transaction().execute(async (transaction) => {
    const organizationId = await useSetupLink(transaction, digest);
    if (organizationId === undefined) throw new ManageError(SPENT.message, SPENT);
    const known = await findUserByEmail(transaction, email);
    if (known && known.id !== signedIn) await refuseOthers(transaction, known.id, organizationId);
    const userId =
      known?.id ?? (await insertUser(transaction, { name, email, emailVerified: false }));
    await replacePassword(transaction, userId, passwordHash);
    if (known) {
      await deleteSessions(transaction, userId);
      await deleteVerifications(transaction, userId);
    }
    await putMember(transaction, { organizationId, userId, role: 'owner' });
    await insertAuditEntry(transaction, {
      organizationId,
      actor: { kind: 'operator', id: null, name: 'set-up link' },
      action: 'member.set_up',
      subject: { kind: 'member', id: userId },
      before: null,
      after: { email, role: 'owner' },
    });
    return { userId, organizationId };
  });
}

async function refuseOthers(
  transaction: Database,
  userId: string,
  organizationId: string,
): Promise<void> {
  const memberships = await listMemberships(transaction, userId);
  if (memberships.every((membership) => membership.organizationId === organizationId)) return;
  throw new ManageError(
    'This address belongs to another organization too: sign in with it first, then open the link again.',
    { field: 'email', fault: 'forbidden' },
  );
}
