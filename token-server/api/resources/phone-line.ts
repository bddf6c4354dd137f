import { z } from 'zod';
import { examinePhone } from '../../../manage/doctor/examine-phone.ts';
import { findingsWithin } from '../../../manage/doctor/within-patience.ts';
import { syncNumbers } from '../../../manage/sync-numbers.ts';
import { FindingsSchema, presentFindings } from '../finding-schema.ts';
import { readRoute, writeRoute } from '../route.ts';

const inOrganization = z.object({ organizationId: z.uuid() });

export const PHONE_LINE_ROUTES = [
  readRoute({
    id: 'examinePhoneLine',
    path: '/organizations/{organizationId}/phone-line/findings',
    summary: 'What keeps numbers from being answered, and whether LiveKit knows of all of them.',
    action: 'numbers:read',
    params: inOrganization,
    query: z.strictObject({}),
    answer: FindingsSchema,
    async run({ db, outside, permit }) {
      const { livekit, masterKey, patience } = outside;
      const parts = { db, livekit, masterKey: () => masterKey };
      const findings = examinePhone(parts, permit.organizationId);
      return presentFindings(await findingsWithin(patience, 'LiveKit', findings));
    },
  }),
  writeRoute({
    id: 'syncPhoneLine',
    method: 'post',
    path: '/organizations/{organizationId}/phone-line/sync',
    summary: 'Tells LiveKit of the numbers and trunks as they stand.',
    action: 'numbers:write',
    params: inOrganization,
    body: null,
    example: null,
    answer: FindingsSchema,
    status: 200,
    isIdempotent: true,
    current: null,
    async ask({ db, outside: { livekit, masterKey }, permit: { organizationId } }) {
      const parts = { db, livekit, masterKey: () => masterKey };
      // All organizations share one LiveKit: what was done for others is theirs to know.
      await syncNumbers(parts);
      const findings = [];
      for await (const finding of examinePhone(parts, organizationId)) findings.push(finding);
      return findings;
    },
    run: ({ permit: { organizationId }, asked }) =>
      Promise.resolve({
        answer: presentFindings(asked),
        change: {
          action: 'phone-line.synced',
          subject: { kind: 'phone-line', id: organizationId },
          before: null,
          after: null,
        },
      }),
  }),
];
