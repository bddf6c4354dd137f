import { z } from 'zod';
import type { Answer, Call } from '../call.ts';
import { etagOf, eventJson } from '../event-json.ts';
import { badRequest, GraphError, notFound } from '../graph-error.ts';
import type { SimulatedEvent } from '../mailbox.ts';
import { checkPropertyId, filterOf, pageOf, shapeOf } from '../odata.ts';
import { calendarOf } from './calendars.ts';

const TimeSchema = z
  .object({
    dateTime: z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d+)?)?$/),
    timeZone: z.literal('UTC'),
  })
  .transform(({ dateTime }) => Date.parse(`${dateTime}Z`));

const fields = {
  subject: z.string(),
  body: z.object({ contentType: z.enum(['text', 'html']), content: z.string() }),
  start: TimeSchema,
  end: TimeSchema,
  isAllDay: z.boolean(),
  showAs: z.enum(['free', 'tentative', 'busy', 'oof', 'workingElsewhere', 'unknown']),
  attendees: z.array(
    z.object({
      type: z.enum(['required', 'optional', 'resource']),
      emailAddress: z.object({ name: z.string(), address: z.string() }),
    }),
  ),
  location: z.object({ displayName: z.string() }).transform(({ displayName }) => displayName),
  isOnlineMeeting: z.boolean(),
  onlineMeetingProvider: z.enum(['teamsForBusiness', 'unknown']),
  allowNewTimeProposals: z.boolean(),
  transactionId: z.string().max(200),
  singleValueExtendedProperties: z.array(z.object({ id: z.string(), value: z.string() })),
};

const NewEventSchema = z.strictObject(fields).partial().required({ start: true, end: true });
const ChangeSchema = NewEventSchema.partial().omit({ transactionId: true });

const ADDRESS = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;
const ONE = { number: null };

export function listEvents(call: Call): Answer {
  const { mailbox, root } = call;
  const { id } = calendarOf(call);
  const passes = filterOf(call);
  const shape = shapeOf(call, { isList: true });
  const items = [...mailbox.events.values()]
    .filter(({ calendarId, properties }) => calendarId === id && passes(properties))
    .map((event) => eventJson(mailbox, { event, ...event, ...ONE }, shape));
  return {
    status: 200,
    body: {
      '@odata.context': `${root}/$metadata#users('owner')/events`,
      ...pageOf(call, { path: `/me/calendars/${id}/events`, items }),
    },
  };
}

export function getEvent(call: Call): Answer {
  return answerEvent(call, eventOf(call), 200);
}

export function createEvent(call: Call): Answer {
  const { mailbox, body } = call;
  const calendar = calendarOf(call);
  if (!calendar.canEdit) throw accessDenied();
  const given = read(NewEventSchema, body);
  const { transactionId } = given;
  if (transactionId !== undefined && mailbox.transactions.has(transactionId)) {
    throw new GraphError(
      409,
      'ErrorDuplicateTransactionId',
      'The TransactionId specified in the request has already been used.',
    );
  }
  if (given.isOnlineMeeting === true && !mailbox.hasTeams) {
    throw badRequest('ErrorInvalidRequest', 'The online meeting provider is not allowed.');
  }
  const event = mailbox.add({
    ...fieldsOf(given),
    start: new Date(given.start),
    end: new Date(given.end),
    calendarId: calendar.id,
    transactionId: transactionId ?? null,
  });
  return answerEvent(call, event, 201);
}

export function updateEvent(call: Call): Answer {
  const event = eventOf(call);
  const expected = call.headers['if-match'];
  if (expected !== undefined && expected !== etagOf(event)) {
    throw new GraphError(412, 'ErrorIrresolvableConflict', 'The change key does not match.');
  }
  const given = read(ChangeSchema, {
    start: timeOf(event.start),
    end: timeOf(event.end),
    ...call.body,
  });
  // Whoever writes the body of an online meeting wipes the words by which one joins it.
  const wipes = given.body !== undefined && event.isOnlineMeeting;
  const changed = call.mailbox.change(event.id, {
    ...fieldsOf(given),
    ...(given.start === undefined ? {} : { start: given.start }),
    ...(given.end === undefined ? {} : { end: given.end }),
    ...(wipes ? { joinUrl: null, isOnlineMeeting: false } : {}),
  });
  return answerEvent(call, changed, 200);
}

export function deleteEvent(call: Call): Answer {
  call.mailbox.remove(eventOf(call).id);
  return { status: 204, body: null };
}

export function cancelEvent(call: Call): Answer {
  const { id, isOrganizer, attendees } = eventOf(call);
  if (!isOrganizer || attendees.length === 0) {
    throw badRequest('ErrorInvalidRequest', 'Only an organizer can cancel a meeting.');
  }
  const { comment } = z.object({ comment: z.string().optional() }).parse(call.body);
  call.mailbox.remove(id, comment);
  return { status: 202, body: null };
}

function eventOf({ mailbox, parameters }: Call): SimulatedEvent {
  const { eventId = '' } = parameters;
  if (!eventId.startsWith('AAMk')) throw badRequest('ErrorInvalidIdMalformed', 'Id is malformed.');
  const event = mailbox.events.get(eventId);
  if (!event) throw notFound();
  return event;
}

function answerEvent(call: Call, event: SimulatedEvent, status: number): Answer {
  const shape = shapeOf(call, { isList: false });
  return {
    status,
    body: {
      '@odata.context': `${call.root}/$metadata#users('owner')/events/$entity`,
      ...eventJson(call.mailbox, { event, ...event, ...ONE }, shape),
    },
  };
}

function read<Schema extends z.ZodType<{ start?: number | undefined; end?: number | undefined }>>(
  schema: Schema,
  body: unknown,
): z.infer<Schema> {
  const { data, error } = schema.safeParse(body);
  if (error) {
    const [issue] = error.issues;
    throw badRequest('RequestBodyRead', `The property ${issue?.path.join('.')} is not valid.`);
  }
  if ((data.start ?? 0) > (data.end ?? 0)) {
    throw badRequest('ErrorPropertyValidationFailure', 'The event ends before it starts.');
  }
  return data;
}

function fieldsOf(
  given: z.infer<typeof ChangeSchema>,
): Partial<Omit<SimulatedEvent, 'start' | 'end'>> {
  const { singleValueExtendedProperties, start: _s, end: _e, ...plain } = given;
  if (plain.attendees?.some(({ emailAddress }) => !ADDRESS.test(emailAddress.address))) {
    throw badRequest('ErrorInvalidRecipients', 'At least one recipient is not valid.');
  }
  for (const { id } of singleValueExtendedProperties ?? []) checkPropertyId(id);
  const { onlineMeetingProvider: _p, ...kept } = plain;
  const defined = Object.fromEntries(
    Object.entries(kept).filter(([, value]) => value !== undefined),
  );
  if (!singleValueExtendedProperties) return defined;
  const properties = singleValueExtendedProperties.map(
    ({ id, value }) => [id.toLowerCase(), value] as const,
  );
  return { ...defined, properties: new Map(properties) };
}

function timeOf(at: number): { dateTime: string; timeZone: string } {
  return { dateTime: new Date(at).toISOString().slice(0, 19), timeZone: 'UTC' };
}

function accessDenied(): GraphError {
  return new GraphError(403, 'ErrorAccessDenied', 'Access is denied. Check credentials.');
}
