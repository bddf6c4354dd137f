import { z } from 'zod';
import { listBusinessFacts } from '../db/business-facts.ts';
import type { BusinessFact } from '../db/business-facts.ts';
import { inTransaction } from '../db/database.ts';
import type { Database } from '../db/database.ts';
import { changeAgent, findManagedAgent, lockManagedAgent } from './agents.ts';
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
 * It is a version, and told of, as what is published in the office.
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
    const known = await listBusinessFacts(transaction, { organizationId, agentId: agent.id });
    const others = known.filter((fact) => fact.topic !== topic);
    if (others.length >= MOST_FACTS) {
      throw new ManageError(`An agent can know ${MOST_FACTS} facts: remove one first.`);
    }
    const facts = [...others, { topic, text }];
    await changeAgent(transaction, agent, { change: {}, facts, by: null });
    return { topic, text };
  });
}

/**
 * Takes a fact away, as {@link setFact} writes one.
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
    const known = await listBusinessFacts(transaction, { organizationId, agentId: agent.id });
    const facts = known.filter((fact) => fact.topic !== topic);
    if (facts.length < known.length) {
      await changeAgent(transaction, agent, { change: {}, facts, by: null });
      return;
    }
    const topics = known.map((fact) => fact.topic);
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
