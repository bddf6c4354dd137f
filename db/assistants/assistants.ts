import { createHash, randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { NOW } from '../clock.ts';
import type { Database } from '../database.ts';
import { openCredential, sealCredential } from '../sealed-credential.ts';
import type { CredentialPlace } from '../sealed-credential.ts';

/** An assistant of another platform that uses the tools of an agent; without its secret. */
export interface Assistant {
  id: string;
  organizationId: string;
  agentId: string;
  platform: string;
  authentication: Record<string, unknown>;
  settings: Record<string, unknown>;
  /** Requests that did not prove where they come from. */
  refusedRequests: number;
}

export interface AssistantKey {
  organizationId: string;
  agentId: string;
  platform: string;
}

/** What is stored of an assistant; its secret in clear, and the key to seal it with. */
export interface AssistantWish extends AssistantKey {
  authentication: Record<string, unknown>;
  settings: Record<string, unknown>;
  secret: { plain: string; masterKey: Buffer };
}

/** Stores an assistant in the place of the agent's present one on the same platform; answers its id. */
export async function putAssistant(
  db: Database,
  { secret: { plain, masterKey }, ...wish }: AssistantWish,
): Promise<string> {
  const present = await findAssistant(db, wish);
  const id = present?.id ?? randomUUID();
  const row = {
    authentication: JSON.stringify(wish.authentication),
    settings: JSON.stringify(wish.settings),
    secret: sealCredential(plain, placeOf({ organizationId: wish.organizationId, id }), masterKey),
    secretDigest: digestOf(plain),
  };
  const { organizationId, agentId, platform } = wish;
  await db
    .insertInto('assistants')
    .values({ id, organizationId, agentId, platform, ...row })
    .onConflict((conflict) => conflict.column('id').doUpdateSet({ ...row, updatedAt: NOW }))
    .execute();
  return id;
}

/** The agent's assistant on a platform; undefined where it has none. */
export async function findAssistant(
  db: Database,
  { organizationId, agentId, platform }: AssistantKey,
): Promise<Assistant | undefined> {
  const row = await assistantRows(db)
    .where('assistants.organizationId', '=', organizationId)
    .where('assistants.agentId', '=', agentId)
    .where('assistants.platform', '=', platform)
    .executeTakeFirst();
  return row && toAssistant(row);
}

/** Finds over all organizations by the agent's slug: what a request brings then proves the rest. */
export async function findAssistantOfAgent(
  db: Database,
  platform: string,
  slug: string,
): Promise<Assistant | undefined> {
  const row = await assistantRows(db)
    .innerJoin('agents', 'agents.id', 'assistants.agentId')
    .where('assistants.platform', '=', platform)
    .where('agents.slug', '=', slug)
    .executeTakeFirst();
  return row && toAssistant(row);
}

/** Finds over all organizations by the secret that a request brings. */
export async function findAssistantBySecret(
  db: Database,
  platform: string,
  plain: string,
): Promise<Assistant | undefined> {
  const row = await assistantRows(db)
    .where('assistants.platform', '=', platform)
    .where('assistants.secretDigest', '=', digestOf(plain))
    .executeTakeFirst();
  return row && toAssistant(row);
}

/** Assistants of an organization, each with the slug of its agent. */
export async function listAssistants(
  db: Database,
  organizationId: string,
): Promise<(Assistant & { agentSlug: string })[]> {
  const rows = await assistantRows(db)
    .innerJoin('agents', 'agents.id', 'assistants.agentId')
    .select('agents.slug as agentSlug')
    .where('assistants.organizationId', '=', organizationId)
    .orderBy('agents.slug')
    .orderBy('assistants.platform')
    .execute();
  return rows.map(({ agentSlug, ...row }) => ({ ...toAssistant(row), agentSlug }));
}

/** @returns false where there was none */
export async function deleteAssistant(
  db: Database,
  { organizationId, agentId, platform }: AssistantKey,
): Promise<boolean> {
  const { numDeletedRows } = await db
    .deleteFrom('assistants')
    .where('organizationId', '=', organizationId)
    .where('agentId', '=', agentId)
    .where('platform', '=', platform)
    .executeTakeFirst();
  return numDeletedRows > 0n;
}

/**
 * The secret in clear.
 * @throws {SealedCredentialError}
 */
export async function readAssistantSecret(
  db: Database,
  key: { organizationId: string; id: string },
  masterKey: Buffer,
): Promise<string | null> {
  const row = await db
    .selectFrom('assistants')
    .select('secret')
    .where('organizationId', '=', key.organizationId)
    .where('id', '=', key.id)
    .executeTakeFirst();
  return row ? openCredential(row.secret, placeOf(key), masterKey) : null;
}

/** Counts a request that did not prove where it comes from. */
export async function countRefusedRequest(db: Database, id: string): Promise<void> {
  await db
    .updateTable('assistants')
    .set((row) => ({ refusedRequests: sql<string>`${row.ref('refusedRequests')} + 1` }))
    .where('id', '=', id)
    .execute();
}

function assistantRows(db: Database) {
  return db
    .selectFrom('assistants')
    .select([
      'assistants.id',
      'assistants.organizationId',
      'assistants.agentId',
      'assistants.platform',
      'assistants.authentication',
      'assistants.settings',
      'assistants.refusedRequests',
    ]);
}

function toAssistant(row: Omit<Assistant, 'refusedRequests'> & { refusedRequests: string }) {
  return { ...row, refusedRequests: Number(row.refusedRequests) };
}

function digestOf(plain: string): string {
  return createHash('sha256').update(plain).digest('hex');
}

function placeOf({ organizationId, id }: { organizationId: string; id: string }): CredentialPlace {
  return { organizationId, column: 'assistants.secret', rowId: id };
}
