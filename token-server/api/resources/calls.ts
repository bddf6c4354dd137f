import { z } from 'zod';
import { listLiveCalls } from '../../../db/calls/live-calls.ts';
import {
  CALL_LINES,
  CALL_OUTCOMES,
  listCalls,
  TRUTH_FILTERS,
} from '../../../manage/calls/list-calls.ts';
import { examineCall } from '../../../manage/calls/examine-call.ts';
import { ManageError } from '../../../manage/manage-error.ts';
import { pageOf, pageQuery, presentPage, UuidKey } from '../paging.ts';
import { readRoute } from '../route.ts';
import { CallSchema, LiveCallSchema, WholeCallSchema } from './call-schemas.ts';
import { presentCall, presentWholeCall } from './present-call.ts';
import { presentLiveCall } from './present-live-call.ts';

const inOrganization = z.object({ organizationId: z.uuid() });
export const ofCall = z.object({ organizationId: z.uuid(), callId: z.uuid() });

const instant = z.iso
  .datetime({ offset: true, error: 'must be an instant, such as 2026-11-24T00:00:00Z' })
  .transform((written) => new Date(written))
  .optional();

/** Which calls are meant; each narrows. */
export const callFilter = {
  agent: z
    .string()
    .regex(/^[a-z\d-]{1,63}$/, 'must be the slug of an agent')
    .optional(),
  line: z.enum(CALL_LINES).optional(),
  outcome: z.enum(CALL_OUTCOMES).optional(),
  truth: z.enum(TRUTH_FILTERS).optional().meta({
    description: 'With a sentence that was stopped or corrected, with any, or with none.',
  }),
  from: instant.meta({ description: 'Began then or later.' }),
  to: instant.meta({ description: 'Began before.' }),
  number: z.string().max(40).optional().meta({ description: "The caller's, or its last digits." }),
  text: z.string().max(400).optional().meta({ description: 'Words that were said.' }),
};

export const CALL_ROUTES = [
  readRoute({
    id: 'listCalls',
    path: '/organizations/{organizationId}/calls',
    summary: 'Calls, the newest first.',
    action: 'calls:read',
    params: inOrganization,
    query: pageQuery(UuidKey).extend(callFilter),
    answer: pageOf(CallSchema),
    async run({ db, permit: { organizationId }, query: { limit, after, ...filter } }) {
      const asked = { ...filter, limit, cursor: after };
      const page = await listCalls(db, organizationId, asked, { showPersonal: true }).catch(
        (error: unknown) => {
          throw inWordsOfTheApi(error);
        },
      );
      const items = { items: page.calls, hasMore: page.next !== null };
      return presentPage(items, presentCall, ({ id }) => id);
    },
  }),
  readRoute({
    id: 'getCall',
    path: '/organizations/{organizationId}/calls/{callId}',
    summary: 'One call: what was said, what came of it, and whether it was true.',
    action: 'calls:read',
    params: ofCall,
    query: z.strictObject({}),
    answer: WholeCallSchema,
    run: async ({ db, permit, params }) =>
      presentWholeCall(await examineCall(db, permit.organizationId, { id: params.callId })),
  }),
  readRoute({
    id: 'listLiveCalls',
    path: '/organizations/{organizationId}/live-calls',
    summary: 'Calls that go on now, the longest first.',
    action: 'calls:read',
    params: inOrganization,
    query: z.strictObject({}),
    answer: z.object({ items: z.array(LiveCallSchema) }),
    run: async ({ db, permit }) => ({
      items: (await listLiveCalls(db, permit.organizationId)).map(presentLiveCall),
    }),
  }),
];

/** What the command line calls a cursor is `after` here. */
export function inWordsOfTheApi(error: unknown): unknown {
  if (!(error instanceof ManageError) || error.field !== 'cursor') return error;
  return new ManageError(error.message, { field: 'after', fault: error.fault, cause: error });
}
