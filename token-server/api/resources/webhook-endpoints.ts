import { z } from 'zod';
import { EVENT_KINDS } from '../../../db/webhooks/event-kinds.ts';
import { listEndpoints } from '../../../db/webhooks/endpoints.ts';
import type { WebhookEndpoint } from '../../../db/webhooks/endpoints.ts';
import { readPageBehindRow } from '../../../manage/accounts/page.ts';
import {
  EndpointChangeSchema,
  NewEndpointSchema,
} from '../../../manage/webhooks/endpoint-input.ts';
import {
  addEndpoint,
  editEndpoint,
  findKnownEndpoint,
  removeEndpoint,
  rotateEndpointSecret,
} from '../../../manage/webhooks/endpoints.ts';
import { changedFields } from '../changed-fields.ts';
import { pageOf, pageQuery, presentPage, UuidKey } from '../paging.ts';
import { readRoute, writeRoute } from '../route.ts';

const EndpointSchema = z
  .object({
    id: z.uuid(),
    url: z.string(),
    description: z.string(),
    events: z.array(z.enum(EVENT_KINDS)),
    enabled: z.boolean(),
    previousSecretUntil: z.iso
      .datetime()
      .nullable()
      .meta({ description: 'Until then the secret before the last rotation signs too.' }),
    failingSince: z.iso
      .datetime()
      .nullable()
      .meta({ description: 'Of the first failure since the last success.' }),
    switchedOffAt: z.iso
      .datetime()
      .nullable()
      .meta({ description: 'When it was switched off, since it had failed for days.' }),
    createdAt: z.iso.datetime(),
  })
  .meta({ id: 'WebhookEndpoint' });

const EndpointWithSecretSchema = EndpointSchema.extend({
  secret: z.string().meta({ description: 'What is signed with, shown this once: `whsec_…`.' }),
}).meta({ id: 'WebhookEndpointWithSecret' });

const inOrganization = z.object({ organizationId: z.uuid() });
const ofEndpoint = z.object({ organizationId: z.uuid(), endpointId: z.uuid() });

const LIST = '/organizations/{organizationId}/webhook-endpoints';
const ONE = `${LIST}/{endpointId}`;

function present(endpoint: WebhookEndpoint): z.input<typeof EndpointSchema> {
  const { id, url, description, events, enabled } = endpoint;
  return {
    id,
    url,
    description,
    events,
    enabled,
    previousSecretUntil: endpoint.previousUntil?.toISOString() ?? null,
    failingSince: endpoint.failingSince?.toISOString() ?? null,
    switchedOffAt: endpoint.switchedOffAt?.toISOString() ?? null,
    createdAt: endpoint.createdAt.toISOString(),
  };
}

/** What the audit log tells of an endpoint: where it is, and no secret that its address may end with. */
function tell({ url, description, events, enabled }: WebhookEndpoint) {
  const { origin } = new URL(url);
  return { origin, description, events, enabled };
}

const subjectOf = ({ id }: { id: string }) => ({ kind: 'webhook-endpoint', id });

export const WEBHOOK_ENDPOINT_ROUTES = [
  readRoute({
    id: 'listWebhookEndpoints',
    path: LIST,
    summary: 'Endpoints, the newest first.',
    action: 'webhooks:read',
    params: inOrganization,
    query: pageQuery(UuidKey),
    answer: pageOf(EndpointSchema),
    async run({ db, permit: { organizationId }, query: { limit, after = null } }) {
      const page = await readPageBehindRow({ after, limit }, (from, count) =>
        listEndpoints(db, { organizationId, after: from, limit: count }),
      );
      return presentPage(page, present, ({ id }) => id);
    },
  }),
  readRoute({
    id: 'getWebhookEndpoint',
    path: ONE,
    summary: 'One endpoint.',
    action: 'webhooks:read',
    params: ofEndpoint,
    query: z.strictObject({}),
    answer: EndpointSchema,
    hasEtag: true,
    run: async ({ db, permit: { organizationId }, params }) =>
      present(await findKnownEndpoint(db, { organizationId, id: params.endpointId })),
  }),
  writeRoute({
    id: 'createWebhookEndpoint',
    method: 'post',
    path: LIST,
    summary: 'Makes an endpoint, whose secret is shown this once.',
    action: 'webhooks:write',
    params: inOrganization,
    body: NewEndpointSchema,
    example: { url: 'https://example.com/hooks/slotline', events: ['call.ended'] },
    answer: EndpointWithSecretSchema,
    status: 201,
    isIdempotent: false,
    current: null,
    async run({ db, permit: { organizationId }, body, outside }) {
      const { endpoint, secret } = await addEndpoint(db, outside, { organizationId, ...body });
      return {
        answer: { ...present(endpoint), secret },
        change: {
          action: 'webhook-endpoint.made',
          subject: subjectOf(endpoint),
          before: null,
          after: tell(endpoint),
        },
      };
    },
  }),
  writeRoute({
    id: 'editWebhookEndpoint',
    method: 'patch',
    path: ONE,
    summary: 'Changes what is given of an endpoint.',
    action: 'webhooks:write',
    params: ofEndpoint,
    body: EndpointChangeSchema,
    example: { description: 'The practice’s own system' },
    answer: EndpointSchema,
    status: 200,
    isIdempotent: true,
    current: async ({ db, permit: { organizationId }, params }) =>
      present(
        await findKnownEndpoint(db, { organizationId, id: params.endpointId }, { lock: true }),
      ),
    async run({ db, permit: { organizationId }, params, body, outside }) {
      const key = { organizationId, id: params.endpointId };
      const { before, after } = await editEndpoint(db, outside.webhookAddresses, key, body);
      return {
        answer: present(after),
        change: {
          action: 'webhook-endpoint.edited',
          subject: subjectOf(after),
          ...changedFields(tell(before), tell(after)),
        },
      };
    },
  }),
  writeRoute({
    id: 'deleteWebhookEndpoint',
    method: 'delete',
    path: ONE,
    summary: 'Removes an endpoint with its deliveries.',
    action: 'webhooks:write',
    params: ofEndpoint,
    body: null,
    example: null,
    answer: EndpointSchema,
    status: 200,
    isIdempotent: true,
    current: null,
    async run({ db, permit: { organizationId }, params }) {
      const endpoint = await removeEndpoint(db, { organizationId, id: params.endpointId });
      return {
        answer: present(endpoint),
        change: {
          action: 'webhook-endpoint.removed',
          subject: subjectOf(endpoint),
          before: tell(endpoint),
          after: null,
        },
      };
    },
  }),
  writeRoute({
    id: 'rotateWebhookSecret',
    method: 'post',
    path: `${ONE}/secret`,
    summary: 'Makes another secret, shown this once; the one before signs beside it for a day.',
    action: 'webhooks:write',
    params: ofEndpoint,
    body: null,
    example: null,
    answer: EndpointWithSecretSchema,
    status: 200,
    isIdempotent: false,
    current: null,
    async run({ db, permit: { organizationId }, params, outside }) {
      const key = { organizationId, id: params.endpointId };
      const { endpoint, secret } = await rotateEndpointSecret(db, outside.masterKey, key);
      return {
        answer: { ...present(endpoint), secret },
        change: {
          action: 'webhook-endpoint.secret_rotated',
          subject: subjectOf(endpoint),
          before: null,
          after: null,
        },
      };
    },
  }),
];
