import { sql } from 'kysely';
import type { AgentContent } from './agents.ts';
import type { Database } from './database.ts';

interface OfAgent {
  organizationId: string;
  agentId: string;
}

/** What was published of an agent once. */
export interface AgentVersion {
  number: number;
  /** Fields that came later are missing in it. */
  content: Partial<AgentContent>;
  /** Null: at the machine itself. */
  publishedBy: string | null;
  publishedAt: Date;
}

/** Undefined where nothing was published yet. */
export async function findLatestVersion(
  db: Database,
  agent: OfAgent,
): Promise<AgentVersion | undefined> {
  return versionRows(db, agent).orderBy('number', 'desc').limit(1).executeTakeFirst();
}

export async function findVersion(
  db: Database,
  agent: OfAgent,
  number: number,
): Promise<AgentVersion | undefined> {
  return versionRows(db, agent).where('number', '=', number).executeTakeFirst();
}

/**
 * What callers met at an instant; before the first version it was what that one says. Undefined where
 * nothing was published yet.
 */
export async function findVersionAt(
  db: Database,
  agent: OfAgent,
  at: Date,
): Promise<AgentVersion | undefined> {
  return versionRows(db, agent)
    .orderBy(sql`published_at <= ${at}`, 'desc')
    .orderBy(sql`case when published_at <= ${at} then -number else number end`)
    .limit(1)
    .executeTakeFirst();
}

/** The newest first, from behind a number on. */
export async function listVersions(
  db: Database,
  agent: OfAgent,
  { after, limit }: { after: number | null; limit: number },
): Promise<AgentVersion[]> {
  const rows = versionRows(db, agent).orderBy('number', 'desc').limit(limit);
  return (after === null ? rows : rows.where('number', '<', after)).execute();
}

/** Two that are published at once meet the unique number: lock the agent first. */
export async function insertVersion(
  transaction: Database,
  agent: OfAgent,
  { number, content, publishedBy }: Pick<AgentVersion, 'number' | 'content' | 'publishedBy'>,
): Promise<AgentVersion> {
  return transaction
    .insertInto('agentVersions')
    .values({ ...agent, number, content: JSON.stringify(content), publishedBy })
    .returning(['number', 'content', 'publishedBy', 'publishedAt'])
    .executeTakeFirstOrThrow();
}

function versionRows(db: Database, { organizationId, agentId }: OfAgent) {
  return db
    .selectFrom('agentVersions')
    .select(['number', 'content', 'publishedBy', 'publishedAt'])
    .where('organizationId', '=', organizationId)
    .where('agentId', '=', agentId);
}
