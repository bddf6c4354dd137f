import { z } from 'zod';
import { listBusinessFacts, removeBusinessFact, saveBusinessFact } from '../db/business-facts.ts';
import type { BusinessFact } from '../db/business-facts.ts';
import type { Database } from '../db/database.ts';
import { findManagedAgent } from './agents.ts';
import { ManageError } from './manage-error.ts';
import { suggestNames } from './near-names.ts';
import { NameSchema, parseInput } from './parse-input.ts';

const MOST_FACTS = 100;

const FactSchema = z.strictObject({
  agent: z.string('is missing: name an agent'),
  topic: NameSchema,
  text: z
    .string()
    .trim()
    .min(1, 'must not be empty')
    .max(600, 'must have 600 characters at most: a caller shall listen to it'),
});
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
  const { id: agentId, language } = await findManagedAgent(db, organizationId, slug);
  const facts = await listBusinessFacts(db, { organizationId, agentId });
  if (facts.length >= MOST_FACTS && !facts.some((fact) => fact.topic === topic)) {
    throw new ManageError(`An agent can know ${MOST_FACTS} facts: remove one first.`);
  }
  await saveBusinessFact(db, { organizationId, agentId }, { topic, text, language });
  return { topic, text };
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
  const { id: agentId } = await findManagedAgent(db, organizationId, slug);
  const agent = { organizationId, agentId };
  if (await removeBusinessFact(db, agent, topic)) return;
  const topics = (await listBusinessFacts(db, agent)).map((fact) => fact.topic);
  throw new ManageError(`The agent knows nothing of "${topic}". ${suggestNames(topic, topics)}`, {
    field: 'topic',
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
