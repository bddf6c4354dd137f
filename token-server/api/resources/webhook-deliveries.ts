import { z } from 'zod';
import { listDeliveries } from '../../../db/webhooks/deliveries.ts';
import type { EndpointDelivery } from '../../../db/webhooks/deliveries.ts';
import { readPageBehindRow } from '../../../manage/accounts/page.ts';
import {
  findKnownDelivery,
  resendDelivery,
  testEndpoint,
} from '../../../manage/webhooks/deliveries.ts';
import type { WholeDelivery } from '../../../manage/webhooks/deliveries.ts';
import { findKnownEndpoint } from '../../../manage/webhooks/endpoints.ts';
import { pageOf, pageQuery, presentPage, UuidKey } from '../paging.ts';
import { readRoute, writeRoute } from '../route.ts';

const DeliverySchema = z
  .object({
    id: z.uuid(),
    eventId: z.uuid().meta({ description: 'The `webhook-id`: the same for every attempt.' }),
    type: z.string().meta({ example: 'call.ended' }),
    state: z.enum(['pending', 'delivered', 'failed']),
    attempts: z.int().meta({ description: 'Since it was asked for the last time.' }),
    createdAt: z.iso.datetime(),
    dueAt: z.iso.datetime().nullable().meta({ description: 'Of the next attempt; null: none.' }),
    endedAt: z.iso.datetime().nullable(),
    lastStatus: z.int().nullable(),
    lastError: z.string().nullable(),
  })
  .meta({ id: 'WebhookDelivery' });

const WholeDeliverySchema = DeliverySchema.extend({
  body: z
    .string()
    .nullable()
    .meta({ description: 'As it is sent; null: whom it named is forgotten.' }),
  log: z.array(
    z.object({
      at: z.iso.datetime(),
      milliseconds: z.int(),
      status: z.int().nullable().meta({ description: 'Null: there was no answer.' }),
      error: z.string().nullable().meta({ description: 'Null: it was received.' }),
      answer: z.string().nullable().meta({ description: 'The beginning of the answer.' }),
    }),
  ),
}).meta({ id: 'WholeWebhookDelivery' });

const ofEndpoint = z.object({ organizationId: z.uuid(), endpointId: z.uuid() });
const ofDelivery = ofEndpoint.extend({ deliveryId: z.uuid() });

const ENDPOINT = '/organizations/{organizationId}/webhook-endpoints/{endpointId}';
const DELIVERY = `${ENDPOINT}/deliveries/{deliveryId}`;

function presentDelivery(delivery: EndpointDelivery): z.input<typeof DeliverySchema> {
  const { id, eventId, kind, state, attempts, lastStatus, lastError } = delivery;
  return {
    id,
    eventId,
    type: kind,
    state,
    attempts,
    createdAt: delivery.createdAt.toISOString(),
    dueAt: state === 'pending' ? delivery.dueAt.toISOString() : null,
    endedAt: delivery.endedAt?.toISOString() ?? null,
    lastStatus,
    lastError,
  };
}

function presentWhole({ body, log, ...delivery }: WholeDelivery) {
  const attempts = log.map(({ at, ...attempt }) => ({ ...attempt, at: at.toISOString() }));
  return { ...presentDelivery(delivery), body, log: attempts };
}

const subjectOf = (endpointId: string) => ({ kind: 'webhook-endpoint', id: endpointId });

export const WEBHOOK_DELIVERY_ROUTES = [
  writeRoute({
    id: 'testWebhookEndpoint',
    method: 'post',
    path: `${ENDPOINT}/test`,
    summary: 'Sends a test, once, also where the endpoint is switched off.',
    action: 'webhooks:write',
    params: ofEndpoint,
    body: null,
    example: null,
    answer: WholeDeliverySchema,
    status: 201,
    isIdempotent: true,
    current: null,
    async run({ db, permit: { organizationId }, params }) {
      const key = { organizationId, id: params.endpointId };
      return {
        answer: presentWhole(await testEndpoint(db, key)),
        change: {
          action: 'webhook-endpoint.tested',
          subject: subjectOf(params.endpointId),
          before: null,
          after: null,
        },
      };
    },
  }),
  readRoute({
    id: 'listWebhookDeliveries',
    path: `${ENDPOINT}/deliveries`,
    summary: 'What an endpoint was told, the newest first.',
    action: 'webhooks:read',
    params: ofEndpoint,
    query: pageQuery(UuidKey).extend({
      state: z
        .enum(['pending', 'delivered', 'failed'], 'must be pending, delivered or failed')
        .optional(),
    }),
    answer: pageOf(DeliverySchema),
    async run({ db, permit: { organizationId }, params: { endpointId }, query }) {
      const { limit, after = null, state = null } = query;
      await findKnownEndpoint(db, { organizationId, id: endpointId });
      const page = await readPageBehindRow({ after, limit }, (from, count) =>
        listDeliveries(db, { organizationId, endpointId, state, after: from, limit: count }),
      );
      return presentPage(page, presentDelivery, ({ id }) => id);
    },
  }),
  readRoute({
    id: 'getWebhookDelivery',
    path: DELIVERY,
    summary: 'One delivery, with what was sent and every attempt.',
    action: 'webhooks:read',
    params: ofDelivery,
    query: z.strictObject({}),
    answer: WholeDeliverySchema,
    run: async ({ db, permit: { organizationId }, params: { endpointId, deliveryId } }) =>
      presentWhole(await findKnownDelivery(db, { organizationId, endpointId, id: deliveryId })),
  }),
  writeRoute({
    id: 'resendWebhookDelivery',
    method: 'post',
    path: `${DELIVERY}/resend`,
    summary: 'Sends it once more: at once, and where that fails by the whole schedule.',
    action: 'webhooks:write',
    params: ofDelivery,
    body: null,
    example: null,
    answer: WholeDeliverySchema,
    status: 200,
    isIdempotent: true,
    current: null,
    async run({ db, permit: { organizationId }, params: { endpointId, deliveryId } }) {
      const delivery = await resendDelivery(db, { organizationId, endpointId, id: deliveryId });
      return {
        answer: presentWhole(delivery),
        change: {
          action: 'webhook-delivery.resent',
          subject: subjectOf(endpointId),
          before: null,
          after: { deliveryId, type: delivery.kind },
        },
      };
    },
  }),
];
