import { z } from 'zod';
import {
  discardDraft,
  DraftChangeSchema,
  editDraft,
  lockDraft,
  publishDraft,
  readDraft,
  restoreVersion,
} from '../../../manage/agent-drafts.ts';
import type { AgentDraft } from '../../../manage/agent-drafts.ts';
import { authorize } from '../../../manage/accounts/authorize.ts';
import type { Permit } from '../../../manage/accounts/authorize.ts';
import { findKeptVersion, listKeptVersions } from '../../../manage/agent-versions.ts';
import { findManagedAgent } from '../../../manage/agents.ts';
import { pageOf, pageQuery, presentPage } from '../paging.ts';
import { readRoute, writeRoute } from '../route.ts';
import type { Change } from '../route.ts';
import {
  AgentContentSchema,
  AgentDraftSchema,
  ContentChangesSchema,
  ofAgent,
  presentDraft,
  publishedShape,
} from './agent-schemas.ts';

const ListedVersionSchema = z
  .object({
    ...publishedShape,
    changes: ContentChangesSchema.meta({ description: 'Against the version before.' }),
  })
  .meta({ id: 'AgentVersion' });

const VersionSchema = z
  .object({ ...publishedShape, content: AgentContentSchema.partial() })
  .meta({ id: 'WholeAgentVersion' });

const NUMBER = /^[1-9]\d{0,8}$/;
const ofVersion = ofAgent.extend({
  number: z.string().regex(NUMBER, 'must be the number of a version'),
});

const workOf = (
  { organizationId, actor }: Permit,
  { slug }: { slug: string },
): { organizationId: string; slug: string; by: string } => ({
  organizationId,
  slug,
  by: actor.name,
});

/** Told in the log: what was done to the draft of an agent, and the fields it was done to. */
function told(action: string, { agent }: AgentDraft, changes: AgentDraft['changes']): Change {
  const pick = (side: 'before' | 'after') =>
    Object.fromEntries(
      changes.map((change) => [
        change.topic === null ? change.field : `facts: ${change.topic}`,
        change[side],
      ]),
    );
  return {
    action,
    subject: { kind: 'agent', id: agent.id },
    before: pick('before'),
    after: pick('after'),
  };
}

const path = '/organizations/{organizationId}/agents/{slug}';

export const AGENT_DRAFT_ROUTES = [
  readRoute({
    id: 'getAgentDraft',
    path: `${path}/draft`,
    summary: 'An agent as it is drafted: what callers meet, with what is not published yet.',
    action: 'agents:read',
    params: ofAgent,
    query: z.strictObject({}),
    answer: AgentDraftSchema,
    hasEtag: true,
    run: async ({ db, permit: { organizationId }, params: { slug } }) =>
      presentDraft(await readDraft(db, { organizationId, slug })),
  }),
  writeRoute({
    id: 'editAgentDraft',
    method: 'patch',
    path: `${path}/draft`,
    summary: 'Drafts what is given; callers meet it once it is published.',
    action: 'agents:write',
    params: ofAgent,
    body: DraftChangeSchema,
    example: {
      greeting: 'Harbor Street Clinic, good morning.',
      facts: [{ topic: 'Opening hours', text: 'Monday to Friday from nine to six.' }],
    },
    answer: AgentDraftSchema,
    status: 200,
    isIdempotent: true,
    current: async ({ db, permit, params }) =>
      presentDraft(await lockDraft(db, workOf(permit, params))),
    async run({ db, permit, params, body }) {
      const draft = await editDraft(db, workOf(permit, params), body);
      return { answer: presentDraft(draft), change: told('agent.drafted', draft, draft.changes) };
    },
  }),
  writeRoute({
    id: 'discardAgentDraft',
    method: 'delete',
    path: `${path}/draft`,
    summary: 'Forgets what is drafted.',
    action: 'agents:write',
    params: ofAgent,
    body: null,
    example: null,
    answer: AgentDraftSchema,
    status: 200,
    isIdempotent: true,
    current: async ({ db, permit, params }) =>
      presentDraft(await lockDraft(db, workOf(permit, params))),
    async run({ db, permit, params }) {
      const work = workOf(permit, params);
      const { changes } = await lockDraft(db, work);
      const draft = await discardDraft(db, work);
      return { answer: presentDraft(draft), change: told('agent.draft-discarded', draft, changes) };
    },
  }),
  writeRoute({
    id: 'publishAgent',
    method: 'post',
    path: `${path}/publish`,
    summary:
      'Lets callers meet what is drafted, from their next call on, where it passed the scenarios that it must.',
    action: 'agents:write',
    params: ofAgent,
    body: z.strictObject({
      overrideReason: z
        .string()
        .trim()
        .min(1, 'must say why')
        .max(500, 'must have 500 characters at most')
        .regex(/^[^\0\p{Cs}]*$/u, 'must be text')
        .exactOptional()
        .meta({
          description: 'Why it goes out without them: an owner’s word, which the audit log keeps.',
        }),
    }),
    example: {},
    answer: AgentDraftSchema,
    status: 200,
    isIdempotent: true,
    current: async ({ db, permit, params }) =>
      presentDraft(await lockDraft(db, workOf(permit, params))),
    async run({ db, permit, params, body: { overrideReason } }) {
      const work = workOf(permit, params);
      const isForced = overrideReason !== undefined;
      if (isForced) await authorize(db, permit.actor, { ...permit, action: 'agents:gate' });
      const { changes } = await lockDraft(db, work);
      const { draft, unpassed } = await publishDraft(db, { ...work, isForced });
      const change = told('agent.published', draft, changes);
      // Where all of them passed there was nothing to answer for.
      const answeredFor =
        isForced && unpassed.length > 0 ? { overrideReason, scenariosNotPassed: unpassed } : {};
      return {
        answer: presentDraft(draft),
        change: { ...change, after: { ...change.after, ...answeredFor } },
      };
    },
  }),
  readRoute({
    id: 'listAgentVersions',
    path: `${path}/versions`,
    summary: 'What was published of an agent, the latest first, each with what it changed.',
    action: 'agents:read',
    params: ofAgent,
    query: pageQuery(z.string().regex(NUMBER, 'must be the `next` of an answer')),
    answer: pageOf(ListedVersionSchema),
    async run({ db, permit, params, query: { limit, after } }) {
      const agent = await findManagedAgent(db, permit.organizationId, params.slug);
      const from = after === undefined ? null : Number(after);
      const page = await listKeptVersions(db, agent, { after: from, limit });
      return presentPage(
        page,
        ({ number, publishedAt, publishedBy, changes }) => ({
          number,
          publishedAt: publishedAt.toISOString(),
          publishedBy,
          changes,
        }),
        ({ number }) => String(number),
      );
    },
  }),
  readRoute({
    id: 'getAgentVersion',
    path: `${path}/versions/{number}`,
    summary: 'One version, as a whole.',
    action: 'agents:read',
    params: ofVersion,
    query: z.strictObject({}),
    answer: VersionSchema,
    async run({ db, permit, params: { slug, number } }) {
      const agent = await findManagedAgent(db, permit.organizationId, slug);
      const version = await findKeptVersion(db, agent, Number(number));
      return { ...version, publishedAt: version.publishedAt.toISOString() };
    },
  }),
  writeRoute({
    id: 'restoreAgentVersion',
    method: 'post',
    path: `${path}/versions/{number}/restore`,
    summary: 'Drafts an earlier version, in place of what is drafted.',
    action: 'agents:write',
    params: ofVersion,
    body: null,
    example: null,
    answer: AgentDraftSchema,
    status: 200,
    isIdempotent: true,
    current: async ({ db, permit, params }) =>
      presentDraft(await lockDraft(db, workOf(permit, params))),
    async run({ db, permit, params }) {
      const number = Number(params.number);
      const draft = await restoreVersion(db, { ...workOf(permit, params), number });
      return { answer: presentDraft(draft), change: told('agent.restored', draft, draft.changes) };
    },
  }),
];
