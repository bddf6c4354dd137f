import { z } from 'zod';
import { inviteeAnswer } from '../answers.ts';
import { invalidArgument, tooManyRequests } from '../calendly-error.ts';
import type { ErrorDetail } from '../calendly-error.ts';
import { resource } from '../call.ts';
import type { Answer, Call, Handler } from '../call.ts';
import { gridOf, isBookable, isHostFree } from '../free-times.ts';
import type { EventType, Invitee, Meeting } from '../model.ts';
import { rateHeaders } from '../rate-limits.ts';
import { newId } from '../state.ts';
import { ownEventType } from './event-types.ts';

const TextOrNull = z.string().nullable();

const BodySchema = z.object({
  event_type: z.string(),
  start_time: z.iso.datetime({ offset: true }),
  invitee: z.object({
    name: z.string().trim().min(1),
    email: z.email(),
    timezone: z.string().min(1),
    text_reminder_number: z.string().optional(),
  }),
  location: z.object({ kind: z.string(), location: z.string().optional() }).optional(),
  questions_and_answers: z
    .array(z.object({ question: z.string(), answer: z.string(), position: z.number() }))
    .optional(),
  event_guests: z.array(z.email()).max(10).optional(),
  /** All are needed where one is given. */
  tracking: z
    .object({
      utm_campaign: TextOrNull,
      utm_source: TextOrNull,
      utm_medium: TextOrNull,
      utm_content: TextOrNull,
      utm_term: TextOrNull,
      salesforce_uuid: TextOrNull,
    })
    .optional(),
});
type Body = z.infer<typeof BodySchema>;

const NOTHING = {
  utm_campaign: null,
  utm_source: null,
  utm_medium: null,
  utm_content: null,
  utm_term: null,
  salesforce_uuid: null,
};

/** Kinds of place that say where only with the booking. */
const SAYS_WHERE = new Set(['outbound_call', 'ask_invitee', 'physical', 'custom']);
/** What a booking calls some of them. */
const BOOKED_AS: Record<string, string> = {
  zoom_conference: 'zoom',
  gotomeeting_conference: 'gotomeeting',
};
const LINKED = /_conference$/;

/** The one way to book by the API. Nothing tells a request from its repetition. */
export const createInvitee: Handler = (call) => {
  const counted = call.bookingLimits?.count(call.caller.id) ?? null;
  const headers = counted ? rateHeaders(counted) : {};
  if (counted?.exceeded) return { ...refusedForHaste(), headers };
  const parsed = BodySchema.safeParse(call.body);
  if (!parsed.success) {
    throw invalidArgument(
      ...parsed.error.issues.map(({ path, message }) => ({ parameter: path.join('.'), message })),
    );
  }
  const body = parsed.data;
  const eventType = ownEventType(call, body.event_type);
  const wrong = [...wrongPlace(eventType, body), ...wrongAnswers(eventType, body)];
  if (wrong.length > 0) throw invalidArgument(...wrong);
  const start = Date.parse(body.start_time);
  refuseTime(call, eventType, start);
  const { meeting, invitee } = book(call, eventType, body, start);
  call.state.add(meeting, invitee);
  call.webhooks.send('invitee.created', invitee);
  return resource(inviteeAnswer(call.state, invitee), 201);
};

function refusedForHaste(): Answer {
  return { status: 429, body: tooManyRequests().body() };
}

/** @throws CalendlyError 400 */
function refuseTime({ state, clock, tellsTaken }: Call, eventType: EventType, start: number): void {
  const isOnGrid = gridOf(state, eventType, { start, end: start + 1 }).includes(start);
  if (!eventType.active || !isOnGrid || !isBookable(eventType, start, clock.now())) {
    throw invalidArgument({ parameter: 'start_time', message: 'is not available' });
  }
  if (isHostFree(state, eventType, start)) return;
  throw invalidArgument({
    parameter: 'start_time',
    message: 'is no longer available',
    ...(tellsTaken ? { code: 'already_filled' } : {}),
  });
}

function wrongPlace({ locations }: EventType, { location }: Body): ErrorDetail[] {
  if (!locations?.length) return [];
  if (!locations.some(({ kind }) => kind === location?.kind)) {
    return [{ parameter: 'location.kind', message: 'must be one of the event type’s locations' }];
  }
  const isMissing = SAYS_WHERE.has(location?.kind ?? '') && !location?.location;
  return isMissing ? [{ parameter: 'location.location', message: "can't be blank" }] : [];
}

function wrongAnswers(
  { questions }: EventType,
  { questions_and_answers: given = [] }: Body,
): ErrorDetail[] {
  const parameter = 'questions_and_answers';
  const enabled = questions.filter((question) => question.enabled);
  const strange = given.filter(({ question }) => !enabled.some(({ name }) => name === question));
  const open = enabled.filter(
    ({ name, required }) =>
      required && !given.some(({ question, answer }) => question === name && answer.trim() !== ''),
  );
  return [
    ...strange.map(() => ({ parameter, message: 'question does not exist' })),
    ...open.map(() => ({ parameter, message: 'a required question is not answered' })),
  ];
}

function book(
  { clock, caller }: Call,
  eventType: EventType,
  body: Body,
  start: number,
): { meeting: Meeting; invitee: Invitee } {
  const at = clock.now();
  const meeting: Meeting = {
    id: newId(),
    hostId: caller.id,
    eventTypeId: eventType.id,
    name: eventType.name,
    start,
    end: start + eventType.duration * 60_000,
    location: placeOf(body.location),
    guests: body.event_guests ?? [],
    limit: 1,
    cancellation: null,
    createdAt: at,
    updatedAt: at,
  };
  const { name, email, timezone, text_reminder_number: number } = body.invitee;
  const invitee: Invitee = {
    id: newId(),
    meetingId: meeting.id,
    name,
    email,
    timeZone: timezone,
    textReminderNumber: number ?? null,
    answers: body.questions_and_answers ?? [],
    tracking: body.tracking ?? NOTHING,
    oldInvitee: null,
    newInvitee: null,
    createdAt: at,
    updatedAt: at,
  };
  return { meeting, invitee };
}

function placeOf(location: Body['location']): Meeting['location'] {
  if (!location) return null;
  const { kind } = location;
  if (!LINKED.test(kind)) return { type: kind, location: location.location ?? null };
  return {
    type: BOOKED_AS[kind] ?? kind,
    status: 'pushed',
    join_url: `https://meet.example.com/${newId().slice(0, 8)}`,
  };
}
