import { isDeepStrictEqual } from 'node:util';
import {
  findLatestVersion,
  findVersion,
  insertVersion,
  listVersions,
} from '../db/agent-versions.ts';
import type { AgentVersion } from '../db/agent-versions.ts';
import { CONTENT_COLUMNS } from '../db/agents.ts';
import type { Agent, AgentContent } from '../db/agents.ts';
import { listBusinessFacts } from '../db/business-facts.ts';
import type { BusinessFact } from '../db/business-facts.ts';
import type { Database } from '../db/database.ts';
import { readPage } from './accounts/page.ts';
import type { Page, PageOf } from './accounts/page.ts';
import { ManageError } from './manage-error.ts';

/** What differs between two contents: a field, or what is known of one topic. */
export interface ContentChange {
  field: keyof AgentContent;
  /** Null of a field that is no fact. */
  topic: string | null;
  /** Null where there was nothing. */
  before: unknown;
  after: unknown;
}

/** A version, with what it changed. */
export interface ListedVersion extends AgentVersion {
  changes: ContentChange[];
}

/** What callers meet of an agent now. */
export async function readContent(db: Database, agent: Agent): Promise<AgentContent> {
  const { organizationId, id: agentId } = agent;
  const facts = await listBusinessFacts(db, { organizationId, agentId });
  const columns = Object.fromEntries(CONTENT_COLUMNS.map((name) => [name, agent[name]]));
  return { ...(columns as Omit<AgentContent, 'facts'>), facts: inOrder(facts) };
}

/** Facts have no order of their own: by their topics two lists can be compared. */
export function inOrder(facts: readonly BusinessFact[]): BusinessFact[] {
  return facts.toSorted((one, other) => (one.topic < other.topic ? -1 : 1));
}

/**
 * Writes down what callers meet of an agent now as its latest version, unless it is.
 * @param by who published it; null at the machine itself
 */
export async function keepVersion(
  transaction: Database,
  agent: Agent,
  by: string | null,
): Promise<AgentVersion> {
  const of = { organizationId: agent.organizationId, agentId: agent.id };
  const content = await readContent(transaction, agent);
  const latest = await findLatestVersion(transaction, of);
  if (latest && changesBetween(latest.content, content).length === 0) return latest;
  const number = (latest?.number ?? 0) + 1;
  return insertVersion(transaction, of, { number, content, publishedBy: by });
}

/** @throws {ManageError} there is none */
export async function findKeptVersion(
  db: Database,
  agent: Agent,
  number: number,
): Promise<AgentVersion> {
  const of = { organizationId: agent.organizationId, agentId: agent.id };
  const version = await findVersion(db, of, number);
  if (version) return version;
  throw new ManageError(`There is no version ${number} of this agent.`, {
    field: 'number',
    fault: 'missing',
  });
}

/** The newest first, each with what it changed; the first one changed nothing. */
export async function listKeptVersions(
  db: Database,
  agent: Agent,
  page: PageOf<number>,
): Promise<Page<ListedVersion>> {
  const of = { organizationId: agent.organizationId, agentId: agent.id };
  // One more than is shown, which the last one that is shown is compared with.
  const { items, hasMore } = await readPage({ ...page, limit: page.limit + 1 }, (after, limit) =>
    listVersions(db, of, { after, limit }),
  );
  const shown = items.slice(0, page.limit).map((version, at) => {
    const earlier = items[at + 1];
    return {
      ...version,
      changes: earlier ? changesBetween(earlier.content, version.content) : [],
    };
  });
  return { items: shown, hasMore: hasMore || items.length > page.limit };
}

/** Of fields that one of them does not know nothing is said. */
export function changesBetween(
  before: Partial<AgentContent>,
  after: Partial<AgentContent>,
): ContentChange[] {
  const fields = CONTENT_COLUMNS.filter(
    (field) => field in before && field in after && !isDeepStrictEqual(before[field], after[field]),
  ).map((field) => ({
    field,
    topic: null,
    before: before[field] ?? null,
    after: after[field] ?? null,
  }));
  const was = new Map(before.facts?.map(({ topic, text }) => [topic, text]));
  const is = new Map(after.facts?.map(({ topic, text }) => [topic, text]));
  const topics = [...new Set([...was.keys(), ...is.keys()])].sort();
  const facts = topics
    .filter((topic) => was.get(topic) !== is.get(topic))
    .map((topic) => ({
      field: 'facts' as const,
      topic,
      before: was.get(topic) ?? null,
      after: is.get(topic) ?? null,
    }));
  return [...fields, ...facts];
}
