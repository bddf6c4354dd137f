import { z } from 'zod';
import {
  blockCallerOf,
  forgetCaller,
  previewForgetting,
} from '../../../manage/calls/caller-of-call.ts';
import { formatScenario } from '../../../manage/calls/scenario-file.ts';
import { findManagedCall } from '../../../manage/calls/show-call.ts';
import { toScenario } from '../../../manage/calls/to-scenario.ts';
import { readRoute, writeRoute } from '../route.ts';
import { ForgottenSchema } from './call-schemas.ts';
import { ofCall } from './calls.ts';

const ReasonSchema = z
  .string()
  .trim()
  .max(500, 'must have 500 characters at most')
  .regex(/^[^\0\p{Cs}]*$/u, 'must be text');

export const CALL_ACTION_ROUTES = [
  readRoute({
    id: 'getCallScenario',
    path: '/organizations/{organizationId}/calls/{callId}/scenario',
    summary: 'A scenario that plays the call again, with made-up names and numbers.',
    action: 'calls:read',
    params: ofCall,
    query: z.strictObject({}),
    answer: z.object({
      remarks: z.array(z.string()).meta({ description: 'What its reader must know.' }),
      yaml: z.string(),
    }),
    async run({ db, permit: { organizationId }, params: { callId: id }, ofCalls }) {
      await findManagedCall(db, organizationId, { id }, { rehearsals: false });
      const { providers } = ofCalls;
      const made = await toScenario({ db, providers }, organizationId, { id });
      return { remarks: made.remarks, yaml: formatScenario(made) };
    },
  }),
  readRoute({
    id: 'previewForgetting',
    path: '/organizations/{organizationId}/calls/{callId}/people',
    summary: 'Whom the call names, and what would be forgotten of each; nothing is.',
    action: 'callers:write',
    params: ofCall,
    query: z.strictObject({}),
    answer: z.object({
      items: z.array(
        z.object({
          person: z.string().meta({ description: 'A number, or an e-mail address.' }),
          forgotten: ForgottenSchema,
          isBlocked: z.boolean(),
          besides: z
            .array(z.string())
            .meta({ description: 'What stood beside it: perhaps the same person, perhaps not.' }),
        }),
      ),
    }),
    async run({ db, permit: { organizationId }, params: { callId } }) {
      const previews = await previewForgetting(db, { organizationId, callId });
      const items = previews.map(({ person, forgotten }) => ({
        person,
        forgotten,
        isBlocked: forgotten.isBlocked,
        besides: forgotten.besides,
      }));
      return { items };
    },
  }),
  writeRoute({
    id: 'forgetCaller',
    method: 'post',
    path: '/organizations/{organizationId}/calls/{callId}/forget-caller',
    summary: 'Forgets one of its people, in every call: what they said, asked, left and booked.',
    action: 'callers:write',
    params: ofCall,
    body: z.strictObject({
      person: z.string().max(254).meta({ description: 'One of the people of the call.' }),
    }),
    example: { person: '+12025550123' },
    answer: ForgottenSchema,
    status: 200,
    isIdempotent: true,
    current: null,
    async run({ db, permit: { organizationId }, params: { callId }, body: { person } }) {
      const forgotten = await forgetCaller(db, { organizationId, callId }, person);
      const { calls, messages, appointments } = forgotten;
      return {
        answer: forgotten,
        change: {
          action: 'caller.forgotten',
          subject: { kind: 'call', id: callId },
          before: null,
          // Nobody is named of whom nothing shall be known.
          after: { calls, messages, appointments },
        },
      };
    },
  }),
  writeRoute({
    id: 'blockCaller',
    method: 'post',
    path: '/organizations/{organizationId}/calls/{callId}/block-caller',
    summary: 'Takes no phone call from its number any more.',
    action: 'callers:write',
    params: ofCall,
    body: z.strictObject({ reason: ReasonSchema.default('') }),
    example: { reason: 'Sells insurance' },
    answer: z.object({ isBlocked: z.literal(true) }),
    status: 200,
    isIdempotent: true,
    current: null,
    async run({ db, permit: { organizationId }, params: { callId }, body: { reason } }) {
      await blockCallerOf(db, { organizationId, callId }, reason);
      return {
        answer: { isBlocked: true as const },
        change: {
          action: 'caller.blocked',
          subject: { kind: 'call', id: callId },
          before: null,
          // It may name whoever is blocked, and nothing forgets it here.
          after: null,
        },
      };
    },
  }),
];
