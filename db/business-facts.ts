import { sql } from 'kysely';
import type { RawBuilder } from 'kysely';
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

/** Lets an agent know these facts and no others. */
export async function replaceBusinessFacts(
  transaction: Database,
  agent: OfAgent,
  { facts, language }: { facts: readonly BusinessFact[]; /** BCP 47. */ language: string },
): Promise<void> {
  const known = await listBusinessFacts(transaction, agent);
  const topics = new Set(facts.map(({ topic }) => topic));
  for (const { topic } of known.filter((fact) => !topics.has(fact.topic))) {
    await removeBusinessFact(transaction, agent, topic);
  }
  for (const fact of facts) await saveBusinessFact(transaction, agent, { ...fact, language });
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
export function searchBusinessFacts(
  db: Database,
  { organizationId, agentId }: OfAgent,
  asked: AskedOfFacts,
): Promise<BusinessFact[]> {
  const known = sql`
    select topic, text, search, created_at as place from business_facts
    where organization_id = ${organizationId} and agent_id = ${agentId}`;
  return search(db, known, asked);
}

/** The same among facts of a draft, which lie in no table of their own. */
export function searchDraftedFacts(
  db: Database,
  facts: readonly BusinessFact[],
  asked: AskedOfFacts,
): Promise<BusinessFact[]> {
  const configuration = sql`${configurationOf(asked.language)}::regconfig`;
  const known = sql`
    select topic, text, topic as place,
      setweight(to_tsvector(${configuration}, topic), 'A')
        || setweight(to_tsvector(${configuration}, text), 'B') as search
    from jsonb_to_recordset(${JSON.stringify(facts)}::jsonb) as fact (topic text, text text)`;
  return search(db, known, asked);
}

interface AskedOfFacts {
  question: string;
  /** BCP 47. */
  language: string;
  limit: number;
}

/** @param known a query of facts, with what they are searched by and their place among equals */
async function search(
  db: Database,
  known: RawBuilder<unknown>,
  { question, language, limit }: AskedOfFacts,
): Promise<BusinessFact[]> {
  // Any of the words, where websearch_to_tsquery would want all of them.
  const { rows } = await sql<BusinessFact>`
    with asked as (
      select to_tsquery('simple', coalesce(string_agg(quote_literal(word), ' | '), '')) as query
      from unnest(tsvector_to_array(
        to_tsvector(${configurationOf(language)}::regconfig, ${question}))) as word)
    select topic, text from (${known}) as known, asked
    where search @@ query
    order by ts_rank(search, query) desc, place
    limit ${limit}`.execute(db);
  return rows;
}

function configurationOf(language: string): string {
  return CONFIGURATIONS[language.split('-')[0] ?? ''] ?? 'simple';
}
