import { z } from 'zod';
import type { AgentDraft } from '../../../manage/agent-drafts.ts';
import { NewAgentSchema } from '../../../manage/agents.ts';

export const inOrganization = z.object({ organizationId: z.uuid() });
export const ofAgent = z.object({ organizationId: z.uuid(), slug: NewAgentSchema.shape.slug });

/** What callers meet of an agent. */
const contentShape = {
  name: z.string(),
  businessName: z.string(),
  instructions: z.string(),
  language: z.string().meta({ description: 'BCP 47.' }),
  languages: z
    .array(z.string())
    .nullable()
    .meta({ description: 'Those it may change to; null: any that is spoken here.' }),
  voice: z.string(),
  greeting: z.string().nullable().meta({ description: 'Null: the usual one.' }),
  disclosesAi: z.boolean(),
  realtimeModel: z.string().nullable().meta({ description: "Null: the worker's." }),
  transcriptionModel: z.string().nullable().meta({ description: "Null: the worker's." }),
  reasoningEffort: z.string().nullable().meta({ description: "Null: the worker's." }),
  transferTo: z.string().nullable().meta({ description: 'E.164 or a SIP address.' }),
  transferHours: z.string().nullable().meta({
    description: "When somebody is there, in the organization's zone; null: at any time.",
  }),
  recording: z.boolean(),
  longestCallMinutes: z
    .int()
    .nullable()
    .meta({ description: "Null: as long as the organization's; never longer." }),
};

export const AgentSchema = z
  .object({
    id: z.uuid(),
    slug: z.string().meta({ description: 'Names the agent in addresses.' }),
    ...contentShape,
    enabled: z.boolean(),
    allowedOrigins: z
      .array(z.string())
      .meta({ description: 'Of sites on which it may be embedded: "https://www.example.com".' }),
    calendar: z
      .object({ provider: z.string(), timeZone: z.string(), eventType: z.string() })
      .nullable()
      .meta({ description: 'Of its first booking event; null: it has nothing to book.' }),
  })
  .meta({ id: 'Agent' });

export const AgentContentSchema = z
  .object({
    ...contentShape,
    facts: z
      .array(z.object({ topic: z.string(), text: z.string() }))
      .meta({ description: 'What it knows of its business, by topic.' }),
  })
  .meta({ id: 'AgentContent' });

export const ContentChangesSchema = z.array(
  z.object({
    field: z.string(),
    topic: z.string().nullable().meta({ description: 'Of a fact; null of every other field.' }),
    before: z.unknown().meta({ description: 'Null: there was nothing.' }),
    after: z.unknown().meta({ description: 'Null: there is nothing any more.' }),
  }),
);

const byWhom = z
  .string()
  .nullable()
  .meta({ description: 'A name; null: somebody at the machine itself.' });

/** Of a version: when it was published, and by whom. */
export const publishedShape = {
  number: z.int(),
  publishedAt: z.iso.datetime(),
  publishedBy: byWhom,
};

export const AgentDraftSchema = z
  .object({
    slug: z.string(),
    content: AgentContentSchema,
    changes: ContentChangesSchema.meta({ description: 'Against what callers meet now.' }),
    editedAt: z.iso.datetime().nullable().meta({ description: 'Null: nothing is drafted.' }),
    editedBy: z.string().nullable(),
    published: z
      .object(publishedShape)
      .nullable()
      .meta({ description: 'The latest version; null of an agent without any yet.' }),
  })
  .meta({ id: 'AgentDraft' });

export function presentDraft({
  agent,
  content,
  changes,
  edited,
  published,
}: AgentDraft): z.input<typeof AgentDraftSchema> {
  return {
    slug: agent.slug,
    content,
    changes,
    editedAt: edited?.at.toISOString() ?? null,
    editedBy: edited?.by ?? null,
    published: published && {
      number: published.number,
      publishedAt: published.at.toISOString(),
      publishedBy: published.by,
    },
  };
}
