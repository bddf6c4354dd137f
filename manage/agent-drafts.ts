import { z } from 'zod';
import { deleteDraft, findDraft, saveDraft } from '../db/agent-drafts.ts';
import { findLatestVersion } from '../db/agent-versions.ts';
import type { Agent, AgentContent } from '../db/agents.ts';
import type { Database } from '../db/database.ts';
import { changesBetween, findKeptVersion, inOrder, readContent } from './agent-versions.ts';
import type { ContentChange } from './agent-versions.ts';
import { AgentContentSchema, changeAgent, findManagedAgent, lockManagedAgent } from './agents.ts';
import { BusinessFactSchema, MOST_FACTS } from './facts.ts';
import { ManageError } from './manage-error.ts';
import { parseInput } from './parse-input.ts';
import { listUnpassed, refuseUnpassed } from './scenario-gate.ts';

/** What can be changed of a draft; the facts all together. */
export const DraftChangeSchema = AgentContentSchema.extend({
  facts: z
    .array(BusinessFactSchema)
    .max(MOST_FACTS, `An agent can know ${MOST_FACTS} facts.`)
    .refine((facts) => new Set(facts.map(({ topic }) => topic)).size === facts.length, {
      error: 'must have each topic once',
    })
    .exactOptional(),
});

/** An agent as it would be once its draft is published. */
export interface AgentDraft {
  agent: Agent;
  content: AgentContent;
  /** What differs from what callers meet now; nothing where nothing is drafted. */
  changes: ContentChange[];
  /** Null where nothing is drafted. */
  edited: { by: string; at: Date } | null;
  /** What was published last; null of an agent that is older than versions. */
  published: { number: number; by: string | null; at: Date } | null;
}

/** What is done with a draft, and who does it. */
export interface DraftWork {
  organizationId: string;
  /** Of the agent. */
  slug: string;
  /** A name, for the history. */
  by: string;
}

/** @throws {ManageError} there is no such agent */
export async function readDraft(
  db: Database,
  { organizationId, slug }: Omit<DraftWork, 'by'>,
): Promise<AgentDraft> {
  return draftOf(db, await findManagedAgent(db, organizationId, slug));
}

/** The same; nobody else edits agent or draft until the end of the transaction. */
export async function lockDraft(
  transaction: Database,
  { organizationId, slug }: Omit<DraftWork, 'by'>,
): Promise<AgentDraft> {
  return draftOf(transaction, await lockManagedAgent(transaction, organizationId, slug));
}

/**
 * Changes what is given of a draft; callers hear nothing of it yet.
 * @throws {ManageError}
 */
export async function editDraft(
  transaction: Database,
  work: DraftWork,
  input: { [Field in keyof z.input<typeof DraftChangeSchema>]?: unknown },
): Promise<AgentDraft> {
  const { agent, content } = await lockDraft(transaction, work);
  const change = parseInput(DraftChangeSchema, input);
  if (Object.keys(change).length === 0) throw new ManageError('Say what is to be changed.');
  const facts = inOrder(change.facts ?? content.facts);
  return writeDraft(transaction, agent, { content: { ...content, ...change, facts }, by: work.by });
}

/** Forgets what is drafted: the draft is what callers meet. */
export async function discardDraft(
  transaction: Database,
  work: Omit<DraftWork, 'by'>,
): Promise<AgentDraft> {
  const { agent } = await lockDraft(transaction, work);
  await deleteDraft(transaction, { organizationId: agent.organizationId, agentId: agent.id });
  return draftOf(transaction, agent);
}

/** A draft that was published, and the scenarios that it had to pass and did not. */
export interface PublishedDraft {
  draft: AgentDraft;
  unpassed: string[];
}

/**
 * Lets callers meet what is drafted, from their next call on.
 * @param work.isForced an owner answers for what it did not pass
 * @throws {ManageError} nothing is drafted, a value that was right when it was drafted is no more, or
 *   scenarios must pass first
 */
export async function publishDraft(
  transaction: Database,
  work: DraftWork & { isForced?: boolean },
): Promise<PublishedDraft> {
  const { agent, edited, content } = await lockDraft(transaction, work);
  const of = { organizationId: agent.organizationId, agentId: agent.id };
  const draft = await findDraft(transaction, of);
  if (!draft || !edited) {
    throw new ManageError('There is nothing to publish: callers meet all of it already.', {
      fault: 'refused',
    });
  }
  const unpassed = await listUnpassed(transaction, agent, content);
  if (work.isForced !== true) refuseUnpassed(unpassed);
  const { facts = null, ...change } = parseInput(DraftChangeSchema, draft.change);
  const after = await changeAgent(transaction, agent, { change, facts, by: work.by });
  await deleteDraft(transaction, of);
  return { draft: await draftOf(transaction, after), unpassed };
}

/**
 * Drafts what was published once, in place of what is drafted: it is seen before it is published.
 * @throws {ManageError} there is no such version
 */
export async function restoreVersion(
  transaction: Database,
  work: DraftWork & { number: number },
): Promise<AgentDraft> {
  const { agent } = await lockDraft(transaction, work);
  const version = await findKeptVersion(transaction, agent, work.number);
  const current = await readContent(transaction, agent);
  const content = { ...current, ...version.content };
  return writeDraft(transaction, agent, { content, by: work.by });
}

/** Keeps of a draft what differs from what is published: other edits of that are not undone by it. */
async function writeDraft(
  transaction: Database,
  agent: Agent,
  { content, by }: { content: AgentContent; by: string },
): Promise<AgentDraft> {
  const of = { organizationId: agent.organizationId, agentId: agent.id };
  const fields = new Set(
    changesBetween(await readContent(transaction, agent), content).map(({ field }) => field),
  );
  const change = Object.fromEntries(
    Object.entries(content).filter(([field]) => (fields as Set<string>).has(field)),
  );
  if (fields.size === 0) await deleteDraft(transaction, of);
  else await saveDraft(transaction, of, { change, editedBy: by });
  return draftOf(transaction, agent);
}

async function draftOf(db: Database, agent: Agent): Promise<AgentDraft> {
  const of = { organizationId: agent.organizationId, agentId: agent.id };
  const published = await readContent(db, agent);
  const draft = await findDraft(db, of);
  const latest = await findLatestVersion(db, of);
  const content = { ...published, ...draft?.change };
  const changes = changesBetween(published, content);
  return {
    agent,
    content,
    changes,
    // What was drafted may have come to be published another way.
    edited: draft && changes.length > 0 ? { by: draft.editedBy, at: draft.updatedAt } : null,
    published: latest
      ? { number: latest.number, by: latest.publishedBy, at: latest.publishedAt }
      : null,
  };
}
