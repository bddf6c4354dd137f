import { z } from 'zod';
import { ApiError } from './api-error.ts';
import type { EventFields } from './model.ts';

const TimeSchema = z.union([
  z.object({
    dateTime: z.iso.datetime({ offset: true, local: true }),
    timeZone: z.string().optional(),
  }),
  z.object({ date: z.iso.date() }),
]);

const ConferenceSchema = z.object({
  createRequest: z.object({
    requestId: z.string().min(1),
    conferenceSolutionKey: z.object({ type: z.literal('hangoutsMeet') }),
  }),
});

const FieldsSchema = z.object({
  summary: z.string().optional(),
  description: z.string().max(8_192).optional(),
  location: z.string().optional(),
  status: z.enum(['confirmed', 'tentative', 'cancelled']).optional(),
  transparency: z.enum(['opaque', 'transparent']).optional(),
  start: TimeSchema,
  end: TimeSchema,
  attendees: z
    .array(
      z.object({
        email: z.email(),
        displayName: z.string().optional(),
        responseStatus: z.string().default('needsAction'),
      }),
    )
    .optional(),
  extendedProperties: z
    .object({ private: PropertiesOf().optional(), shared: PropertiesOf().optional() })
    .optional(),
});

const InsertSchema = FieldsSchema.extend({
  id: z.string().optional(),
  conferenceData: ConferenceSchema.optional(),
});

function PropertiesOf() {
  return z.record(z.string().max(44), z.string().max(1_024));
}

export interface EventBody {
  id: string | undefined;
  fields: EventFields;
  /** Of a room that is asked for. */
  roomRequest: string | null;
}

/** @throws {ApiError} the body is no event, or one that this simulator does not know */
export function readInsert(body: unknown): EventBody {
  const { id, conferenceData, ...fields } = read(InsertSchema, body);
  return {
    id,
    fields: plain(fields),
    roomRequest: conferenceData?.createRequest.requestId ?? null,
  };
}

/** What is to be different. @throws {ApiError} */
export function readPatch(body: unknown): Partial<EventFields> {
  return plain(read(FieldsSchema.partial(), body));
}

function read<Schema extends z.ZodType>(schema: Schema, body: unknown): z.infer<Schema> {
  if (typeof body === 'object' && body !== null && 'recurrence' in body) {
    throw new ApiError(400, 'invalid', 'This simulator has no repetitions.');
  }
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new ApiError(400, issue?.path.length ? 'invalid' : 'parseError', 'Bad Request');
}

/** Without what was not given: the types tell the two apart. */
function plain(fields: object): EventFields {
  return Object.fromEntries(
    Object.entries(fields).filter(([, value]) => value !== undefined),
  ) as unknown as EventFields;
}
