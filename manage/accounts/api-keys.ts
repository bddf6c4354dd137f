import { z } from 'zod';
import { insertApiKey, markKeyRevoked, type ApiKey } from '../../db/accounts/api-keys.ts';
import type { Database } from '../../db/database.ts';
import { readClock } from '../../db/clock.ts';
import { ManageError } from '../manage-error.ts';
import { NameSchema } from '../parse-input.ts';
import type { Permit } from './authorize.ts';
import { SCOPES } from './policies.ts';
import { makeSecretToken } from './secret-token.ts';

/** What every key begins with, so that scanners of published code find it. */
export const KEY_PREFIX = 'sl_live_';
/** As many characters of a key are shown ever after: those behind the prefix tell keys apart. */
const SHOWN = KEY_PREFIX.length + 4;

export const NewApiKeySchema = z.strictObject({
  name: NameSchema,
  scopes: z
    .array(z.enum(SCOPES, `must be one of ${SCOPES.join(', ')}`))
    .min(1, 'must name one scope at least')
    .max(SCOPES.length)
    .transform((scopes) => [...new Set(scopes)]),
  expiresAt: z.iso
    .datetime('must be an instant in UTC, such as 2027-01-31T12:00:00Z')
    .exactOptional(),
  requestsPerMinute: z
    .int('must be a whole number')
    .min(1, 'must be 1 at least')
    .max(6_000, 'must be 6000 at most')
    .default(120),
});

/**
 * Makes a key, which is shown this once.
 * @throws {ManageError} it would have ended already
 */
export async function createApiKey(
  transaction: Database,
  { organizationId, actor }: Permit,
  given: z.output<typeof NewApiKeySchema>,
): Promise<{ key: string; stored: ApiKey }> {
  const { name, scopes, requestsPerMinute } = given;
  const expiresAt = given.expiresAt === undefined ? null : new Date(given.expiresAt);
  if (expiresAt !== null && expiresAt <= (await readClock(transaction))) {
    throw new ManageError('must be in the future', { field: 'expiresAt' });
  }
  const { token, digest } = makeSecretToken(KEY_PREFIX);
  const stored = await insertApiKey(transaction, {
    organizationId,
    name,
    start: token.slice(0, SHOWN),
    scopes,
    requestsPerMinute,
    keyDigest: digest,
    createdBy: actor.kind === 'user' ? actor.id : null,
    expiresAt,
  });
  return { key: token, stored };
}

/** @throws {ManageError} there is none */
export async function revokeApiKey(
  transaction: Database,
  { organizationId }: Permit,
  id: string,
): Promise<ApiKey> {
  const key = await markKeyRevoked(transaction, { organizationId, id });
  if (key) return key;
  throw new ManageError('There is no such key.', { field: 'keyId', fault: 'missing' });
}
