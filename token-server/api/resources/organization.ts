import { z } from 'zod';
import { readGuide } from '../../../db/accounts/guide.ts';
import {
  editOrganization,
  OrganizationChangeSchema,
  readWholeOrganization,
} from '../../../manage/organizations.ts';
import type { WholeOrganization } from '../../../manage/organizations.ts';
import { changedFields } from '../changed-fields.ts';
import { readRoute, writeRoute } from '../route.ts';

const days = (description: string) => z.int().meta({ description });

const OrganizationSchema = z
  .object({
    id: z.uuid(),
    name: z.string(),
    timeZone: z
      .string()
      .nullable()
      .meta({ description: "IANA: in which its people read times; null: its first calendar's." }),
    retention: z
      .object({
        transcriptDays: days('What was said in a call, and its recording.'),
        callerDays: days("The caller's number and the appointment, on a call."),
        messageDays: days('Messages taken, from when somebody has seen to them.'),
        attendeeDays: days("The attendees of appointments, from the appointment's end."),
      })
      .meta({ description: 'Days that what names people is kept.' }),
    limits: z.object({
      callsAtOnce: z.int(),
      callsPerCallerAnHour: z.int().meta({ description: 'By phone alone.' }),
      longestCallMinutes: z.int(),
      callsPerVisitorAtOnce: z.int().meta({ description: 'Of one address, on the web.' }),
      keptForPhone: z.int().meta({ description: 'Percent of the lines that the web leaves.' }),
    }),
  })
  .meta({ id: 'Organization' });

const GuideSchema = z
  .object({
    organization: z.boolean().meta({ description: 'Its zone was chosen.' }),
    agent: z.boolean(),
    calendar: z.boolean().meta({ description: 'An agent has something to book.' }),
    call: z.boolean().meta({ description: 'Somebody has talked with an agent.' }),
    number: z.boolean().meta({ description: 'There is a number to call.' }),
  })
  .meta({ id: 'Guide', description: 'What has been set up.' });

const inOrganization = z.object({ organizationId: z.uuid() });

/** What the answer's schema does not name stays here. */
function present(organization: WholeOrganization): z.input<typeof OrganizationSchema> {
  return organization;
}

export const ORGANIZATION_ROUTES = [
  readRoute({
    id: 'getOrganization',
    path: '/organizations/{organizationId}',
    summary: "The organization's settings.",
    action: 'organization:read',
    params: inOrganization,
    query: z.strictObject({}),
    answer: OrganizationSchema,
    hasEtag: true,
    run: async ({ db, permit }) => present(await readWholeOrganization(db, permit.organizationId)),
  }),
  writeRoute({
    id: 'editOrganization',
    method: 'patch',
    path: '/organizations/{organizationId}',
    summary: "Changes what is given of the organization's settings.",
    action: 'organization:write',
    params: inOrganization,
    body: OrganizationChangeSchema,
    example: { timeZone: 'Europe/Vienna', retention: { transcriptDays: 14 } },
    answer: OrganizationSchema,
    status: 200,
    isIdempotent: true,
    current: async ({ db, permit: { organizationId } }) =>
      present(await readWholeOrganization(db, organizationId, { isLocked: true })),
    async run({ db, permit: { organizationId }, body }) {
      const earlier = await readWholeOrganization(db, organizationId);
      const organization = await editOrganization(db, organizationId, body);
      return {
        answer: present(organization),
        change: {
          action: 'organization.edited',
          subject: { kind: 'organization', id: organizationId },
          ...changedFields(earlier, organization),
        },
      };
    },
  }),
  readRoute({
    id: 'getGuide',
    path: '/organizations/{organizationId}/guide',
    summary: 'What has been set up, for the guide through the first day.',
    action: 'organization:read',
    params: inOrganization,
    query: z.strictObject({}),
    answer: GuideSchema,
    run: ({ db, permit }) => readGuide(db, permit.organizationId),
  }),
];
