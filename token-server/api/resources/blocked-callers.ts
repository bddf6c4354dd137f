import { z } from 'zod';
import { listBlockedCallerPage } from '../../../db/phone/blocked-callers.ts';
import type { BlockedCaller } from '../../../db/phone/blocked-callers.ts';
import { readPageBehindRow } from '../../../manage/accounts/page.ts';
import { blockNumber, BlockSchema, maskNumber, removeBlocked } from '../../../manage/callers.ts';
import { pageOf, pageQuery, presentPage, UuidKey } from '../paging.ts';
import { readRoute, writeRoute } from '../route.ts';

const BlockedCallerSchema = z
  .object({
    id: z.uuid(),
    number: z.string().meta({ description: 'E.164.' }),
    reason: z.string().meta({ description: 'For the record; the caller does not hear it.' }),
    createdAt: z.iso.datetime(),
  })
  .meta({ id: 'BlockedCaller' });

const inOrganization = z.object({ organizationId: z.uuid() });

function present({ id, number, reason, createdAt }: BlockedCaller) {
  return { id, number, reason, createdAt: createdAt.toISOString() };
}

/** A number is a person's: the audit log keeps too little of it to call it. */
function tell({ number }: BlockedCaller): Record<string, unknown> {
  return { number: maskNumber(number) };
}

export const BLOCKED_CALLER_ROUTES = [
  readRoute({
    id: 'listBlockedCallers',
    path: '/organizations/{organizationId}/blocked-callers',
    summary: 'Numbers whose calls are not taken, the newest first.',
    action: 'callers:read',
    params: inOrganization,
    query: pageQuery(UuidKey),
    answer: pageOf(BlockedCallerSchema),
    async run({ db, permit: { organizationId }, query: { limit, after = null } }) {
      const page = await readPageBehindRow({ after, limit }, (from, count) =>
        listBlockedCallerPage(db, { organizationId, after: from, limit: count }),
      );
      return presentPage(page, present, ({ id }) => id);
    },
  }),
  writeRoute({
    id: 'blockNumber',
    method: 'post',
    path: '/organizations/{organizationId}/blocked-callers',
    summary: 'Takes no call from a number: the caller hears a sentence, and the call ends.',
    action: 'callers:write',
    params: inOrganization,
    body: BlockSchema,
    example: { number: '+12025550123', reason: 'Sells insurance' },
    answer: BlockedCallerSchema,
    status: 201,
    isIdempotent: true,
    current: null,
    async run({ db, permit: { organizationId }, body }) {
      const caller = await blockNumber(db, organizationId, body);
      return {
        answer: present(caller),
        change: {
          action: 'caller.blocked',
          subject: { kind: 'caller', id: caller.id },
          before: null,
          after: tell(caller),
        },
      };
    },
  }),
  writeRoute({
    id: 'unblockNumber',
    method: 'delete',
    path: '/organizations/{organizationId}/blocked-callers/{blockedCallerId}',
    summary: 'Takes calls from a number again.',
    action: 'callers:write',
    params: inOrganization.extend({ blockedCallerId: z.uuid() }),
    body: null,
    example: null,
    answer: BlockedCallerSchema,
    status: 200,
    isIdempotent: true,
    current: null,
    async run({ db, permit: { organizationId }, params }) {
      const caller = await removeBlocked(db, { organizationId, id: params.blockedCallerId });
      return {
        answer: present(caller),
        change: {
          action: 'caller.unblocked',
          subject: { kind: 'caller', id: caller.id },
          before: tell(caller),
          after: null,
        },
      };
    },
  }),
];
