import { z } from 'zod';
import { listBusinessFacts, removeBusinessFact, saveBusinessFact } from '../db/business-facts.ts';
import type { BusinessFact } from '../db/business-facts.ts';
import { inTransaction } from '../db/database.ts';
import type { Database } from '../db/database.ts';
import { keepVersion } from './agent-versions.ts';
import { findManagedAgent, lockManagedAgent } from './agents.ts';
import { ManageError } from './manage-error.ts';
import { suggestNames } from './near-names.ts';
import { NameSchema, parseInput, TextSchema } from './parse-input.ts';

export const MOST_FACTS = 100;

/** What an agent knows of one topic of its business. */
export const BusinessFactSchema = z.strictObject({
  topic: NameSchema,
  text: TextSchema.min(1, 'must not be empty').max(
    600,
    'must have 600 characters at most: a caller shall listen to it',
  ),
});
const FactSchema = BusinessFactSchema.extend({ agent: z.string('is missing: name an agent') });
const TopicSchema = FactSchema.omit({ text: true });
const AgentSchema = FactSchema.pick({ agent: true });

export type FactInput = { [Field in keyof z.infer<typeof FactSchema>]?: unknown };

/**
 * Writes down what an agent is to know of its business; what it knew of the same topic is replaced.
 * @throws {ManageError}
 */
export async function setFact(
  db: Database,
  organizationId: string,
  input: FactInput,
): Promise<BusinessFact> {
  const { agent: slug, topic, text } = parseInput(FactSchema, input);
  return inTransaction(db, async (transaction) => {
    const agent = await lockManagedAgent(transaction, organizationId, slug);
    const { id: agentId, language } = agent;
    const facts = await listBusinessFacts(transaction, { organizationId, agentId });
    if (facts.length >= MOST_FACTS && !facts.some((fact) => fact.topic === topic)) {
      throw new ManageError(`An agent can know ${MOST_FACTS} facts: remove one first.`);
    }
    await keepVersion(transaction, agent, null);
    await saveBusinessFact(transaction, { organizationId, agentId }, { topic, text, language });
    await keepVersion(transaction, agent, null);
    return { topic, text };
  });
}

/**
 * Takes a fact away.
 * @throws {ManageError} naming topics that are near, where there is none of this name
 */
export async function removeFact(
  db: Database,
  organizationId: string,
  input: FactInput,
): Promise<void> {
  const { agent: slug, topic } = parseInput(TopicSchema, input);
  await inTransaction(db, async (transaction) => {
    const agent = await lockManagedAgent(transaction, organizationId, slug);
    const of = { organizationId, agentId: agent.id };
    await keepVersion(transaction, agent, null);
    if (await removeBusinessFact(transaction, of, topic)) {
      await keepVersion(transaction, agent, null);
      return;
    }
    const topics = (await listBusinessFacts(transaction, of)).map((fact) => fact.topic);
    throw new ManageError(`The agent knows nothing of "${topic}". ${suggestNames(topic, topics)}`, {
      field: 'topic',
    });
  });
}

/**
 * Lists what an agent knows of its business.
 * @throws {ManageError}
 */
export async function listFacts(
  db: Database,
  organizationId: string,
  input: FactInput,
): Promise<BusinessFact[]> {
  const { agent: slug } = parseInput(AgentSchema, input);
  const { id: agentId } = await findManagedAgent(db, organizationId, slug);
  return listBusinessFacts(db, { organizationId, agentId });
}
