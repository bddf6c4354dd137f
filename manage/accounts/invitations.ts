import { z } from 'zod';
import { insertAuditEntry } from '../../db/accounts/audit-entries.ts';
import {
  countInvitations,
  findOpenInvitation,
  insertInvitation,
  markInvitationWithdrawn,
  useInvitation,
  type Invitation,
} from '../../db/accounts/invitations.ts';
import { findMember, putMember } from '../../db/accounts/members.ts';
import { findUserByEmail, insertUser, replacePassword } from '../../db/accounts/users.ts';
import type { Database } from '../../db/database.ts';
import { findOrganizationName } from '../../db/organizations.ts';
import { ManageError } from '../manage-error.ts';
import { NameSchema, parseInput } from '../parse-input.ts';
import { refuseTaken } from '../refuse-taken.ts';
import { officeLink, queueAccountLink } from './account-links.ts';
import type { Permit } from './authorize.ts';
import { requireGrant, RoleSchema } from './members.ts';
import { PasswordSchema } from './password-rules.ts';
import { digestToken, makeSecretToken } from './secret-token.ts';
import { SignInAddressSchema } from './sign-in-address.ts';

/** Milliseconds for which an invitation is good. */
const LIFETIME = 7 * 86_400_000;
/** Of one organization: how many are open at once, and how many mails go out in a day, and to one address. */
const MOST = { open: 100, today: 200, ofAddress: 5 };

export const NewInvitationSchema = z.strictObject({ email: SignInAddressSchema, role: RoleSchema });

/**
 * Invites somebody by mail; an invitation that the address had before is good no more.
 * @throws {ManageError} they are a member, may not be made one by whoever asks, or too many were invited
 */
export async function inviteMember(
  transaction: Database,
  permit: Permit,
  { email, role, officeUrl }: z.infer<typeof NewInvitationSchema> & { officeUrl: string },
): Promise<Invitation> {
  const { organizationId, actor } = permit;
  requireGrant(permit, role);
  const known = await findUserByEmail(transaction, email);
  if (known && (await findMember(transaction, { organizationId, userId: known.id }))) {
    throw new ManageError('This person is a member already.', { field: 'email', fault: 'taken' });
  }
  await refuseTooMany(transaction, { organizationId, email });
  const { token, digest } = makeSecretToken();
  const invitation = await insertInvitation(transaction, {
    organizationId,
    email,
    role,
    tokenDigest: digest,
    invitedBy: actor.kind === 'user' ? actor.id : null,
    lifetime: LIFETIME,
  });
  await queueAccountLink(transaction, {
    organizationId,
    recipient: email,
    payload: {
      purpose: 'invitation',
      organizationName: await findOrganizationName(transaction, organizationId),
      name: known?.name ?? '',
      url: officeLink(officeUrl, 'invitation', token),
      expiresAt: invitation.expiresAt.toISOString(),
    },
  });
  return invitation;
}

/** Whose mail it is may be anybody: an organization must not fill a stranger's letter box. */
async function refuseTooMany(
  transaction: Database,
  key: { organizationId: string; email: string },
): Promise<void> {
  const { open, today, ofAddress } = await countInvitations(transaction, key);
  const refuse = (message: string): never => {
    throw new ManageError(message, { field: 'email', fault: 'too_many' });
  };
  if (ofAddress >= MOST.ofAddress) {
    refuse(`This address was invited ${MOST.ofAddress} times within a day: try again tomorrow.`);
  }
  if (open >= MOST.open) {
    refuse(`${MOST.open} invitations are open: withdraw one, or wait until one is accepted.`);
  }
  if (today >= MOST.today) {
    refuse(`${MOST.today} invitations were made within a day: try again tomorrow.`);
  }
}

/** @throws {ManageError} there is none that is open */
export async function withdrawInvitation(
  transaction: Database,
  { organizationId }: Permit,
  id: string,
): Promise<Invitation> {
  const invitation = await markInvitationWithdrawn(transaction, { organizationId, id });
  if (invitation) return invitation;
  throw new ManageError('There is no such open invitation.', {
    field: 'invitationId',
    fault: 'missing',
  });
}

export const AcceptanceSchema = z.strictObject({
  token: z.string().min(1).max(200),
  /** For those who have no account yet, as the next. */
  name: NameSchema.exactOptional(),
  password: PasswordSchema.exactOptional(),
});

interface AcceptanceParts {
  db: Database;
  hashPassword: (password: string) => Promise<string>;
  /** Whoever has signed in; null: nobody. */
  userId: string | null;
}

/**
 * Makes the holder of an invitation's token a member. Whoever has an account signs in to it first:
 * a link that was passed on gives nobody the account of another.
 *
 * @throws {ManageError} it is no good, or it is somebody else's
 */
export async function acceptInvitation(
  { db, hashPassword, userId: signedIn }: AcceptanceParts,
  given: z.input<typeof AcceptanceSchema>,
): Promise<{ userId: string; organizationId: string; email: string }> {
  const { token, name, password } = parseInput(AcceptanceSchema, given);
  const digest = digestToken(token);
  const open = await findOpenInvitation(db, digest);
  if (!open) throw spent();
  const known = await findUserByEmail(db, open.email);
  if (known && known.id !== signedIn) {
    throw new ManageError('Sign in with the invited address first, then open the link again.', {
      field: 'token',
      fault: 'forbidden',
    });
  }
  const passwordHash = known ? null : await hashPassword(required(password, 'password'));
  return db.transaction().execute(async (transaction) => {
    const invitation = await useInvitation(transaction, digest);
    if (!invitation) throw spent();
    const { organizationId, email, role } = invitation;
    const userId =
      known?.id ??
      (await makeUser(transaction, { email, name: required(name, 'name'), passwordHash }));
    if (!(await findMember(transaction, { organizationId, userId }))) {
      await putMember(transaction, { organizationId, userId, role });
    }
    await insertAuditEntry(transaction, {
      organizationId,
      actor: { kind: 'user', id: userId, name: known?.name ?? name ?? email },
      action: 'invitation.accepted',
      subject: { kind: 'invitation', id: invitation.id },
      before: null,
      after: { email, role },
    });
    return { userId, organizationId, email };
  });
}

/** The link came by mail to the address, which proves it. */
async function makeUser(
  transaction: Database,
  { email, name, passwordHash }: { email: string; name: string; passwordHash: string | null },
): Promise<string> {
  let userId = '';
  await refuseTaken(
    { message: 'This address has an account by now: sign in to it.', field: 'token' },
    async () => {
      userId = await insertUser(transaction, { name, email, emailVerified: true });
    },
  );
  if (passwordHash !== null) await replacePassword(transaction, userId, passwordHash);
  return userId;
}

function required(value: string | undefined, field: string): string {
  if (value !== undefined) return value;
  throw new ManageError('is missing', { field });
}

function spent(): ManageError {
  return new ManageError(
    'This invitation has been used or withdrawn, or is too old. Ask for a new one.',
    { field: 'token' },
  );
}
