import type { Generated } from 'kysely';
import type { Instant, InstantByDefault, Json, Role } from '../values.ts';

export interface UsersTable {
  id: Generated<string>;
  name: string;
  /** In small letters. */
  email: string;
  emailVerified: Generated<boolean>;
  image: string | null;
  twoFactorEnabled: Generated<boolean>;
  createdAt: InstantByDefault;
  updatedAt: InstantByDefault;
}

export interface UserSessionsTable {
  id: Generated<string>;
  userId: string;
  token: string;
  expiresAt: Instant;
  ipAddress: string | null;
  userAgent: string | null;
  createdAt: InstantByDefault;
  updatedAt: InstantByDefault;
}

/** A way to sign in. */
export interface UserAccountsTable {
  id: Generated<string>;
  userId: string;
  /** `credential` for a password. */
  providerId: string;
  accountId: string;
  /** A scrypt hash. */
  password: string | null;
  createdAt: InstantByDefault;
  updatedAt: InstantByDefault;
}

export interface VerificationsTable {
  id: Generated<string>;
  identifier: string;
  value: string;
  expiresAt: Instant;
}

export interface MembersTable {
  id: Generated<string>;
  organizationId: string;
  userId: string;
  role: Role;
  createdAt: InstantByDefault;
  updatedAt: InstantByDefault;
}

export interface SetupLinksTable {
  id: Generated<string>;
  organizationId: string;
  tokenDigest: string;
  createdAt: InstantByDefault;
  expiresAt: Instant;
  usedAt: Date | null;
}

export interface InvitationsTable {
  id: Generated<string>;
  organizationId: string;
  /** In small letters. */
  email: string;
  role: Role;
  tokenDigest: string;
  invitedBy: string | null;
  createdAt: InstantByDefault;
  expiresAt: Instant;
  acceptedAt: Date | null;
  revokedAt: Date | null;
}

export interface AuditEntriesTable {
  /** A bigint, which arrives as text. */
  id: Generated<string>;
  organizationId: string;
  at: InstantByDefault;
  actorKind: ActorKind;
  actorId: string | null;
  actorName: string;
  action: string;
  subjectKind: string;
  subjectId: string;
  before: Json<Record<string, unknown>> | null;
  after: Json<Record<string, unknown>> | null;
}

export interface ApiKeysTable {
  id: Generated<string>;
  organizationId: string;
  name: string;
  start: string;
  keyDigest: string;
  scopes: string[];
  requestsPerMinute: number;
  createdBy: string | null;
  createdAt: InstantByDefault;
  expiresAt: Date | null;
  lastUsedAt: Date | null;
  revokedAt: Date | null;
}

/** One row at most. */
export interface OfficeSecretsTable {
  id: Generated<string>;
  organizationId: string;
  /** Sealed. */
  secret: Buffer;
}

export interface IdempotentAnswersTable {
  id: Generated<string>;
  owner: string;
  key: string;
  requestDigest: string;
  status: number | null;
  headers: Json<Record<string, string>> | null;
  body: Json<unknown> | null;
  createdAt: InstantByDefault;
}

/** `operator`: somebody at the machine itself. */
export type ActorKind = 'user' | 'key' | 'operator';
