import { sql } from 'kysely';
import { NOW } from './clock.ts';
import type { Database } from './database.ts';

/** Something an agent knows of its business. */
export interface BusinessFact {
  /** What it is about, or a question. */
  topic: string;
  text: string;
}

interface OfAgent {
  organizationId: string;
  agentId: string;
}

/** How PostgreSQL takes words of a language apart; of any other one as they are written. */
const CONFIGURATIONS: Record<string, string> = {
  en: 'english',
  es: 'spanish',
  fr: 'french',
  de: 'german',
  pt: 'portuguese',
  it: 'italian',
};

/** Writes a fact; one of the same topic is replaced. */
export async function saveBusinessFact(
  db: Database,
  { organizationId, agentId }: OfAgent,
  { topic, text, language }: BusinessFact & { /** BCP 47. */ language: string },
): Promise<void> {
  const configuration = configurationOf(language);
  await db
    .insertInto('businessFacts')
    .values({ organizationId, agentId, topic, text, configuration })
    .onConflict((conflict) =>
      conflict.columns(['agentId', 'topic']).doUpdateSet({ text, configuration, updatedAt: NOW }),
    )
    .execute();
}

/**
 * Deletes what an agent knows of a topic.
 * @returns whether there was one
 */
export async function removeBusinessFact(
  db: Database,
  { organizationId, agentId }: OfAgent,
  topic: string,
): Promise<boolean> {
  const { numDeletedRows } = await db
    .deleteFrom('businessFacts')
    .where('organizationId', '=', organizationId)
    .where('agentId', '=', agentId)
    .where('topic', '=', topic)
    .executeTakeFirst();
  return numDeletedRows > 0n;
}

/** Lists what an agent knows, in the order in which it was written first. */
export async function listBusinessFacts(
  db: Database,
  { organizationId, agentId }: OfAgent,
): Promise<BusinessFact[]> {
  return db
    .selectFrom('businessFacts')
    .select(['topic', 'text'])
    .where('organizationId', '=', organizationId)
    .where('agentId', '=', agentId)
    .orderBy('createdAt')
    .orderBy('topic')
    .execute();
}

/**
 * Facts that have a word of the question in them, in whatever form, the best first. Words that every
 * question has ("do", "you", "the") find nothing.
 */
export async function searchBusinessFacts(
  db: Database,
  { organizationId, agentId }: OfAgent,
  { question, language, limit }: { question: string; language: string; limit: number },
): Promise<BusinessFact[]> {
  // Any of the words, where websearch_to_tsquery would want all of them.
  const { rows } = await sql<BusinessFact>`
    with asked as (
      select to_tsquery('simple', coalesce(string_agg(quote_literal(word), ' | '), '')) as query
      from unnest(tsvector_to_array(
        to_tsvector(${configurationOf(language)}::regconfig, ${question}))) as word)
    select topic, text from business_facts, asked
    where organization_id = ${organizationId} and agent_id = ${agentId} and search @@ query
    order by ts_rank(search, query) desc, created_at
    limit ${limit}`.execute(db);
  return rows;
}

function configurationOf(language: string): string {
  return CONFIGURATIONS[language.split('-')[0] ?? ''] ?? 'simple';
}
