import { z } from 'zod';
import { listMessageTasks } from '../../../db/messages/message-tasks.ts';
import type { MessageTask } from '../../../db/messages/message-tasks.ts';
import { readPageBehindRow } from '../../../manage/accounts/page.ts';
import { maskText } from '../../../manage/calls/mask-secrets.ts';
import { editMessage, findMessage, MessageChangeSchema } from '../../../manage/message-tasks.ts';
import { changedFields } from '../changed-fields.ts';
import { pageOf, pageQuery, presentPage, UuidKey } from '../paging.ts';
import { agentFilter, flagFilter, personFilter } from '../filters.ts';
import { readRoute, writeRoute } from '../route.ts';

const MessageSchema = z
  .object({
    id: z.uuid(),
    text: z.string(),
    caller: z.object({
      name: z.string().nullable(),
      number: z.string().nullable().meta({ description: 'E.164: to call back.' }),
      email: z.string().nullable(),
    }),
    urgent: z.boolean(),
    assignee: z
      .object({ id: z.uuid(), name: z.string() })
      .nullable()
      .meta({ description: 'The member who sees to it.' }),
    note: z.string(),
    done: z.boolean(),
    doneAt: z.iso.datetime().nullable(),
    doneBy: z.string().nullable().meta({ description: 'A name; null where nobody knows.' }),
    agent: z.object({ slug: z.string(), name: z.string() }),
    callId: z.uuid(),
    createdAt: z.iso.datetime(),
  })
  .meta({ id: 'Message' });

const inOrganization = z.object({ organizationId: z.uuid() });
const ofMessage = inOrganization.extend({ messageId: z.uuid() });

function present(message: MessageTask): z.input<typeof MessageSchema> {
  const { id, text, urgent, note, callId, assigneeId, assigneeName, handledAt } = message;
  return {
    id,
    text: maskText(text),
    caller: { name: message.callerName, number: message.callbackNumber, email: message.email },
    urgent,
    assignee: assigneeId === null ? null : { id: assigneeId, name: assigneeName ?? '' },
    note,
    done: handledAt !== null,
    doneAt: handledAt?.toISOString() ?? null,
    doneBy: message.handledBy,
    agent: { slug: message.agentSlug, name: message.agentName },
    callId,
    createdAt: message.createdAt.toISOString(),
  };
}

/** What the audit log tells of a message: nothing that a caller said, or was said of one. */
function tell({ urgent, assigneeId, handledAt, note }: MessageTask) {
  return { urgent, assigneeId, done: handledAt !== null, hasNote: note !== '' };
}

export const MESSAGE_ROUTES = [
  readRoute({
    id: 'listMessages',
    path: '/organizations/{organizationId}/messages',
    summary:
      'Messages that callers left: what is to be done, urgent ones first, then the oldest; what is done, or all, the newest first.',
    action: 'messages:read',
    params: inOrganization,
    query: pageQuery(UuidKey).extend({
      done: flagFilter.meta({ description: 'Whether somebody has seen to it.' }),
      urgent: flagFilter,
      assignee: z
        .union([z.uuid(), z.literal('none')], 'must be the id of a member, or none')
        .optional(),
      agent: agentFilter,
      person: personFilter,
    }),
    answer: pageOf(MessageSchema),
    async run({ db, permit: { organizationId }, query }) {
      const { limit, after = null, done, urgent, assignee, agent, person } = query;
      const page = await readPageBehindRow({ after, limit }, (from, count) =>
        listMessageTasks(db, {
          organizationId,
          isDone: done ?? null,
          urgent: urgent ?? null,
          assignee: assignee ?? null,
          agentSlug: agent ?? null,
          person: person ?? null,
          after: from,
          limit: count,
        }),
      );
      return presentPage(page, present, ({ id }) => id);
    },
  }),
  readRoute({
    id: 'getMessage',
    path: '/organizations/{organizationId}/messages/{messageId}',
    summary: 'One message.',
    action: 'messages:read',
    params: ofMessage,
    query: z.strictObject({}),
    answer: MessageSchema,
    hasEtag: true,
    run: async ({ db, permit: { organizationId }, params }) =>
      present(await findMessage(db, { organizationId, id: params.messageId })),
  }),
  writeRoute({
    id: 'editMessage',
    method: 'patch',
    path: '/organizations/{organizationId}/messages/{messageId}',
    summary: 'Says who sees to a message, notes something, or marks it as done.',
    action: 'messages:write',
    params: ofMessage,
    body: MessageChangeSchema,
    example: { done: true, note: 'Called back' },
    answer: MessageSchema,
    status: 200,
    isIdempotent: true,
    current: async ({ db, permit: { organizationId }, params }) =>
      present(await findMessage(db, { organizationId, id: params.messageId }, { lock: true })),
    async run({ db, permit, params: { messageId: id }, body }) {
      const earlier = await findMessage(db, { organizationId: permit.organizationId, id });
      const message = await editMessage(db, permit, id, body);
      return {
        answer: present(message),
        change: {
          action: 'message.edited',
          subject: { kind: 'message', id },
          ...changedFields(tell(earlier), tell(message)),
        },
      };
    },
  }),
];
