import { z } from 'zod';
import {
  isAgentLanguage,
  isLanguage,
  LANGUAGE_WANTED,
  LANGUAGES_WANTED,
  languageOf,
} from '../calls/languages.ts';
import { AGENT_SLUG } from '../calls/agent-slug.ts';
import { findAgentBySlug, insertAgent, listAgents, updateAgent } from '../db/agents.ts';
import type { Agent } from '../db/agents.ts';
import type { Database } from '../db/database.ts';
import { REASONING_EFFORTS } from '../runtime/model-environment.ts';
import { toE164 } from '../runtime/given/phone-number.ts';
import { ManageError } from './manage-error.ts';
import { suggestNames } from './near-names.ts';
import { NameSchema, parseInput, TextSchema } from './parse-input.ts';
import { refuseTaken } from './refuse-taken.ts';

const SlugSchema = z
  .string()
  .regex(AGENT_SLUG, 'must be small letters, digits and hyphens, such as front-desk, 63 at most');

const modelName = z
  .string()
  .regex(/^[\w.:/-]{1,100}$/, 'must be the name of a model, such as gpt-realtime-2.1-mini');

const optionalFields = {
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
  enabled: z.boolean().exactOptional(),
  recording: z.boolean().exactOptional(),
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
};

export const NewAgentSchema = z.strictObject({
  slug: SlugSchema,
  name: NameSchema,
  businessName: NameSchema,
  ...optionalFields,
});

export const AgentChangeSchema = z.strictObject({
  slug: SlugSchema.exactOptional(),
  name: NameSchema.exactOptional(),
  businessName: NameSchema.exactOptional(),
  ...optionalFields,
});

const SLUG_TAKEN = { message: 'This slug is taken: choose another one.', field: 'slug' };

/** What an operator says of an agent; what is undefined stays, or is the default. */
export type AgentInput = { [Field in keyof z.infer<typeof AgentChangeSchema>]?: unknown };

/** @throws {ManageError} */
export async function addAgent(
  db: Database,
  organizationId: string,
  input: AgentInput,
): Promise<Agent> {
  const agent = parseInput(NewAgentSchema, input);
  await refuseTaken(SLUG_TAKEN, () => insertAgent(db, { organizationId, ...agent }));
  return findManagedAgent(db, organizationId, agent.slug);
}

/** @throws {ManageError} */
export async function editAgent(
  db: Database,
  organizationId: string,
  slug: string,
  input: AgentInput,
): Promise<Agent> {
  const { id } = await findManagedAgent(db, organizationId, slug);
  const change = parseInput(AgentChangeSchema, input);
  if (Object.keys(change).length === 0) throw new ManageError('Say what is to be changed.');
  await refuseTaken(SLUG_TAKEN, () => updateAgent(db, { organizationId, id }, change));
  return findManagedAgent(db, organizationId, change.slug ?? slug);
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
