import { z } from 'zod';
import { prepareTestCall, readTestAppointments } from '../../../manage/test-calls.ts';
import { TimeZoneSchema } from '../../../runtime/given/time-zone.ts';
import { signVisitorToken } from '../../visitor-token.ts';
import { readRoute, writeRoute } from '../route.ts';
import { ofAgent } from './agent-schemas.ts';

const TestCallSchema = z
  .object({
    serverUrl: z.string().meta({ description: 'Of LiveKit.' }),
    token: z.string().meta({ description: 'Good for two minutes, and for this room alone.' }),
    roomName: z.string(),
    agent: z
      .object({ name: z.string(), businessName: z.string(), language: z.string() })
      .meta({ description: 'As it is drafted.' }),
    rehearsal: z.boolean().meta({ description: 'The rehearsal model stands in for the real one.' }),
  })
  .meta({ id: 'TestCall' });

export const TEST_CALL_ROUTES = [
  writeRoute({
    id: 'startTestCall',
    method: 'post',
    path: '/organizations/{organizationId}/agents/{slug}/test-calls',
    summary:
      'Opens a call in which the agent speaks as it is drafted. What is booked in it is booked.',
    action: 'agents:test',
    params: ofAgent,
    body: z.strictObject({
      timeZone: TimeZoneSchema.exactOptional().meta({ description: "IANA: the caller's." }),
    }),
    example: { timeZone: 'America/New_York' },
    answer: TestCallSchema,
    status: 201,
    // The token lets its holder into the call.
    isIdempotent: false,
    current: null,
    async run({ db, permit: { organizationId, actor }, params: { slug }, body, entrance }) {
      const { timeZone } = body;
      const { token, roomName, agent, content } = await prepareTestCall(
        db,
        { organizationId, slug, by: actor.name, timeZone },
        (callMetadata) => signVisitorToken(entrance, { callMetadata }),
      );
      const { name, businessName, language } = content;
      return {
        answer: {
          serverUrl: entrance.publicUrl,
          token,
          roomName,
          agent: { name, businessName, language },
          rehearsal: entrance.rehearsal,
        },
        change: {
          action: 'agent.tested',
          subject: { kind: 'agent', id: agent.id },
          before: null,
          after: { roomName },
        },
      };
    },
  }),
  readRoute({
    id: 'listTestAppointments',
    path: '/organizations/{organizationId}/agents/{slug}/test-calls/{roomName}/appointments',
    summary: 'What was booked in a test call and stands; cancelAppointment cancels it.',
    action: 'appointments:read',
    params: ofAgent.extend({ roomName: z.string().max(100) }),
    query: z.strictObject({}),
    answer: z.object({
      items: z.array(z.object({ id: z.uuid(), start: z.iso.datetime(), attendeeName: z.string() })),
    }),
    async run({ db, permit: { organizationId }, params: { slug, roomName } }) {
      const booked = await readTestAppointments(db, { organizationId, slug, roomName });
      const items = booked.map(({ startAt, ...rest }) => ({
        ...rest,
        start: startAt.toISOString(),
      }));
      return { items };
    },
  }),
];
