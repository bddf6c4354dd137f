import { z } from 'zod';
import {
  isAgentLanguage,
  isLanguage,
  LANGUAGE_WANTED,
  LANGUAGES_WANTED,
  languageOf,
} from '../calls/languages.ts';
import { AGENT_SLUG } from '../calls/agent-slug.ts';
import { HOURS_WANTED, readWeeklyHours, writeWeeklyHours } from '../calls/weekly-hours.ts';
import {
  CONTENT_COLUMNS,
  deleteAgent,
  findAgentBySlug,
  insertAgent,
  listAgents,
  lockAgent,
  updateAgent,
} from '../db/agents.ts';
import type { Agent } from '../db/agents.ts';
import { listBusinessFacts, replaceBusinessFacts } from '../db/business-facts.ts';
import type { BusinessFact } from '../db/business-facts.ts';
import { isStillNamed } from '../db/database-trouble.ts';
import { inTransaction } from '../db/database.ts';
import type { Database } from '../db/database.ts';
import { tellWebhooks } from '../db/webhooks/events.ts';
import { REASONING_EFFORTS } from '../runtime/model-environment.ts';
import { toE164 } from '../runtime/given/phone-number.ts';
import { keepVersion } from './agent-versions.ts';
import { isLoopback } from '../runtime/loopback.ts';
import { ManageError } from './manage-error.ts';
import { suggestNames } from './near-names.ts';
import { NameSchema, parseInput, TextSchema } from './parse-input.ts';
import { refuseTaken } from './refuse-taken.ts';
import { refusePastScenarios } from './scenario-gate.ts';

const SlugSchema = z
  .string()
  .regex(AGENT_SLUG, 'must be small letters, digits and hyphens, such as front-desk, 63 at most');

const modelName = z
  .string()
  .regex(/^[\w.:/-]{1,100}$/, 'must be the name of a model, such as gpt-realtime-2.1-mini');

/** In a URL a host may hold what means something else in a policy: "*", ";", ",". */
const PLAIN_HOST = /^[\w.:[\]-]+$/;

/** In clear a browser gives a page no microphone, but to this machine. */
const OriginSchema = z.string().transform((text, context) => {
  const url = URL.parse(text);
  const isSafe =
    url?.protocol === 'https:' || (url?.protocol === 'http:' && isLoopback(url.hostname));
  if (url && isSafe && PLAIN_HOST.test(url.host) && url.origin === text.replace(/\/$/, ''))
    return url.origin;
  context.addIssue({
    code: 'custom',
    message: 'must be the origin of a site, such as https://www.example.com, without a path',
  });
  return z.NEVER;
});

const AllowedOriginsSchema = z
  .array(OriginSchema)
  .max(20, 'must name 20 sites at most')
  .transform((origins) => [...new Set(origins)])
  .exactOptional();

/** What callers meet of an agent, beside its names. */
const contentFields = {
  instructions: TextSchema.max(8_000, 'must have 8000 characters at most').exactOptional(),
  language: z
    .string()
    .refine((tag) => languageOf(tag) !== null, {
      error: 'must be a BCP 47 language tag, such as en or de-CH',
      abort: true,
    })
    .refine(isAgentLanguage, { error: LANGUAGE_WANTED })
    .exactOptional(),
  languages: z
    .array(z.string())
    .min(1, LANGUAGES_WANTED)
    .refine((tags) => tags.every(isLanguage), { error: LANGUAGES_WANTED })
    .nullable()
    .exactOptional(),
  voice: z
    .string()
    .regex(/^[a-z]{2,20}$/, 'must be the name of a voice of OpenAI Realtime, such as marin')
    .exactOptional(),
  greeting: TextSchema.min(1, 'must say something, or "default"')
    .max(160, 'must be one breath: 160 characters at most')
    .nullable()
    .exactOptional(),
  disclosesAi: z.boolean().exactOptional(),
  realtimeModel: modelName.nullable().exactOptional(),
  transcriptionModel: modelName.nullable().exactOptional(),
  reasoningEffort: z
    .enum(REASONING_EFFORTS, `must be one of ${REASONING_EFFORTS.join(', ')}`)
    .nullable()
    .exactOptional(),
  recording: z.boolean().exactOptional(),
  longestCallMinutes: z
    .int('must be a whole number of minutes')
    .min(1, 'must be 1 at least')
    .max(240, 'must be 240 at most')
    .nullable()
    .exactOptional(),
  transferTo: z
    .string()
    .transform((text) => toE164(text) ?? text.trim())
    .pipe(
      z
        .string()
        .regex(
          /^(\+[1-9]\d{6,14}|sips?:[^\s@]+@[^\s@]+)$/,
          'must be a number such as +12025550123 or an address such as sip:desk@example.com',
        ),
    )
    .nullable()
    .exactOptional(),
  transferHours: z
    .string()
    .transform((text, context) => {
      const spans = readWeeklyHours(text);
      if (spans) return writeWeeklyHours(spans);
      context.addIssue({ code: 'custom', message: HOURS_WANTED });
      return z.NEVER;
    })
    .nullable()
    .exactOptional(),
};

export const NewAgentSchema = z.strictObject({
  slug: SlugSchema,
  name: NameSchema,
  businessName: NameSchema,
  enabled: z.boolean().exactOptional(),
  allowedOrigins: AllowedOriginsSchema,
  ...contentFields,
});

/** What can be drafted of an agent, the facts of its business aside. */
export const AgentContentSchema = z.strictObject({
  name: NameSchema.exactOptional(),
  businessName: NameSchema.exactOptional(),
  ...contentFields,
});

export const AgentChangeSchema = AgentContentSchema.extend({
  slug: SlugSchema.exactOptional(),
  enabled: z.boolean().exactOptional(),
  allowedOrigins: AllowedOriginsSchema,
});

const SLUG_TAKEN = { message: 'This slug is taken: choose another one.', field: 'slug' };

/** What an operator says of an agent; what is undefined stays, or is the default. */
export type AgentInput = { [Field in keyof z.infer<typeof AgentChangeSchema>]?: unknown };

/**
 * Makes an agent, whose first version is what is given.
 * @param by who does it, for its history; null at the machine itself
 * @throws {ManageError}
 */
export async function addAgent(
  db: Database,
  organizationId: string,
  input: AgentInput,
  by: string | null = null,
): Promise<Agent> {
  const given = parseInput(NewAgentSchema, input);
  return inTransaction(db, async (transaction) => {
    await refuseTaken(SLUG_TAKEN, () => insertAgent(transaction, { organizationId, ...given }));
    const agent = await findManagedAgent(transaction, organizationId, given.slug);
    await keepVersion(transaction, agent, by);
    return agent;
  });
}

/**
 * Changes an agent at once, past its draft: what is drafted stays, and counts once it is published.
 * @param by as in {@link addAgent}
 * @throws {ManageError}
 */
export async function editAgent(
  db: Database,
  organizationId: string,
  slug: string,
  input: AgentInput,
  by: string | null = null,
): Promise<Agent> {
  return inTransaction(db, async (transaction) => {
    const agent = await lockManagedAgent(transaction, organizationId, slug);
    const change = parseInput(AgentChangeSchema, input);
    if (Object.keys(change).length === 0) throw new ManageError('Say what is to be changed.');
    // Who has the machine itself may do as they like.
    const isOfContent = CONTENT_COLUMNS.some((column) => column in change);
    if (by !== null && isOfContent) await refusePastScenarios(transaction, agent);
    return changeAgent(transaction, agent, { change, facts: null, by });
  });
}

/**
 * Removes an agent that never had anything to do.
 * @throws {ManageError} calls, events or numbers are its own
 */
export async function removeAgent(
  transaction: Database,
  organizationId: string,
  slug: string,
): Promise<Agent> {
  const agent = await findManagedAgent(transaction, organizationId, slug);
  try {
    await deleteAgent(transaction, agent);
  } catch (cause) {
    if (!isStillNamed(cause)) throw cause;
    throw new ManageError(
      'Calls, booking events or numbers are this agent’s, and stay: switch it off instead.',
      { fault: 'in_use', cause },
    );
  }
  return agent;
}

/** Changes what callers meet, with a version of it before and after. */
export async function changeAgent(
  transaction: Database,
  agent: Agent,
  given: {
    change: z.output<typeof AgentChangeSchema>;
    /** Null: they stay. */
    facts: readonly BusinessFact[] | null;
    by: string | null;
  },
): Promise<Agent> {
  const { organizationId, id } = agent;
  const { change, by } = given;
  // Where it was changed past the versions: what stood must not be lost.
  const before = await keepVersion(transaction, agent, null);
  if (Object.keys(change).length > 0) {
    await refuseTaken(SLUG_TAKEN, () => updateAgent(transaction, agent, change));
  }
  const after = await findManagedAgent(transaction, organizationId, change.slug ?? agent.slug);
  const { language } = after;
  const of = { organizationId, agentId: id };
  if (given.facts) {
    await replaceBusinessFacts(transaction, of, { facts: given.facts, language });
  } else if (language !== agent.language) {
    // Their words are taken apart as the agent's language has them.
    const facts = await listBusinessFacts(transaction, of);
    await replaceBusinessFacts(transaction, of, { facts, language });
  }
  const { number: version } = await keepVersion(transaction, after, by);
  if (version > before.number) {
    const kind = 'agent.published';
    await tellWebhooks(transaction, { organizationId, kind, subjectId: id, facts: { version } });
  }
  return after;
}

/**
 * The agent as it stands, which nobody else edits until the end of the transaction.
 * @throws {ManageError} there is none
 */
export async function lockManagedAgent(
  transaction: Database,
  organizationId: string,
  slug: string,
): Promise<Agent> {
  await lockAgent(transaction, { organizationId, slug });
  return findManagedAgent(transaction, organizationId, slug);
}

/** @throws {ManageError} naming agents whose slug is near, where there is none of this one */
export async function findManagedAgent(
  db: Database,
  organizationId: string,
  slug: string,
): Promise<Agent> {
  const agent = await findAgentBySlug(db, slug);
  if (agent?.organizationId === organizationId) return agent;
  const slugs = (await listAgents(db, organizationId)).map((each) => each.slug);
  throw new ManageError(`There is no agent "${slug}". ${suggestNames(slug, slugs)}`, {
    field: 'agent',
    fault: 'missing',
  });
}
