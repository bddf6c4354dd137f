import { z } from 'zod';
import { listNumberPage, lockNumber } from '../../../db/phone/phone-numbers.ts';
import { readPage } from '../../../manage/accounts/page.ts';
import {
  addNumber,
  editNumber,
  findManagedNumber,
  nameNumbers,
  NewNumberSchema,
  NumberChangeSchema,
  removeNumber,
} from '../../../manage/numbers.ts';
import type { ShownNumber } from '../../../manage/numbers.ts';
import { changedFields } from '../changed-fields.ts';
import { pageOf, pageQuery, presentPage, TextKey } from '../paging.ts';
import { readRoute, writeRoute } from '../route.ts';

const NumberSchema = z
  .object({
    id: z.uuid(),
    number: z.string().meta({ description: 'E.164.' }),
    label: z.string(),
    agent: z.string().meta({ description: 'The slug of who answers.' }),
    trunk: z.string().meta({ description: 'The name of the trunk by which its calls come.' }),
    inbound: z.boolean().meta({ description: 'Whether its calls are answered.' }),
  })
  .meta({ id: 'PhoneNumber' });

const inOrganization = z.object({ organizationId: z.uuid() });
const ofNumber = z.object({ organizationId: z.uuid(), numberId: z.uuid() });

function present({ id, number, label, inbound, agentSlug, trunkName }: ShownNumber) {
  return { id, number, label, agent: agentSlug, trunk: trunkName, inbound };
}

export const NUMBER_ROUTES = [
  readRoute({
    id: 'listNumbers',
    path: '/organizations/{organizationId}/numbers',
    summary: 'Which agent answers which phone number.',
    action: 'numbers:read',
    params: inOrganization,
    query: pageQuery(TextKey),
    answer: pageOf(NumberSchema),
    async run({ db, permit: { organizationId }, query: { limit, after = null } }) {
      const page = await readPage({ after, limit }, (from, count) =>
        listNumberPage(db, { organizationId, after: from, limit: count }),
      );
      const items = await nameNumbers(db, organizationId, page.items);
      return presentPage({ ...page, items }, present, ({ number }) => number);
    },
  }),
  readRoute({
    id: 'getNumber',
    path: '/organizations/{organizationId}/numbers/{numberId}',
    summary: 'One phone number.',
    action: 'numbers:read',
    params: ofNumber,
    query: z.strictObject({}),
    answer: NumberSchema,
    hasEtag: true,
    run: async ({ db, permit, params }) =>
      present(await findManagedNumber(db, permit.organizationId, params.numberId)),
  }),
  writeRoute({
    id: 'createNumber',
    method: 'post',
    path: '/organizations/{organizationId}/numbers',
    summary:
      'Has an agent answer a number. LiveKit knows of it after the next sync (syncPhoneLine).',
    action: 'numbers:write',
    params: inOrganization,
    body: NewNumberSchema,
    example: { number: '+12025550123', agent: 'front-desk', trunk: 'Carrier' },
    answer: NumberSchema,
    status: 201,
    isIdempotent: true,
    current: null,
    async run({ db, permit, body }) {
      const { id, ...number } = present(await addNumber(db, permit.organizationId, body));
      return {
        answer: { id, ...number },
        change: {
          action: 'number.added',
          subject: { kind: 'number', id },
          before: null,
          after: number,
        },
      };
    },
  }),
  writeRoute({
    id: 'editNumber',
    method: 'patch',
    path: '/organizations/{organizationId}/numbers/{numberId}',
    summary: 'Changes who answers a number, and whether anybody does.',
    action: 'numbers:write',
    params: ofNumber,
    body: NumberChangeSchema,
    example: { label: 'Reception' },
    answer: NumberSchema,
    status: 200,
    isIdempotent: true,
    async current({ db, permit: { organizationId }, params: { numberId } }) {
      await lockNumber(db, { organizationId, id: numberId });
      return present(await findManagedNumber(db, organizationId, numberId));
    },
    async run({ db, permit: { organizationId }, params: { numberId }, body }) {
      const before = present(await findManagedNumber(db, organizationId, numberId));
      const after = present(await editNumber(db, organizationId, numberId, body));
      return {
        answer: after,
        change: {
          action: 'number.edited',
          subject: { kind: 'number', id: after.id },
          ...changedFields(before, after),
        },
      };
    },
  }),
  writeRoute({
    id: 'removeNumber',
    method: 'delete',
    path: '/organizations/{organizationId}/numbers/{numberId}',
    summary: 'Refuses calls to a number from now on.',
    action: 'numbers:write',
    params: ofNumber,
    body: null,
    example: null,
    answer: NumberSchema,
    status: 200,
    isIdempotent: true,
    current: null,
    async run({ db, permit, params }) {
      const removed = await removeNumber(db, permit.organizationId, params.numberId);
      const { id, ...number } = present(removed);
      return {
        answer: { id, ...number },
        change: {
          action: 'number.removed',
          subject: { kind: 'number', id },
          before: number,
          after: null,
        },
      };
    },
  }),
];
