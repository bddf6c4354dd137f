import { z } from 'zod';
import { maskText } from '../../../manage/calls/mask-secrets.ts';
import { readToday } from '../../../manage/read-today.ts';
import type { Today } from '../../../manage/read-today.ts';
import { readRoute } from '../route.ts';
import { LiveCallSchema } from './call-schemas.ts';
import { presentLiveCall } from './present-live-call.ts';

const instant = z.iso.datetime();

function fewOf<Item extends z.ZodType>(item: Item) {
  return z.object({
    count: z.int().meta({ description: 'How many there are; the first few are listed.' }),
    items: z.array(item),
  });
}

const FiguresSchema = z
  .object({
    calls: z.int(),
    booked: z.int().meta({ description: 'That booked or moved something.' }),
    messages: z.int(),
    transferred: z.int(),
    failed: z.int(),
    minutes: z.int(),
    stopped: z.int().meta({ description: 'False sentences that nobody heard.' }),
    corrected: z.int().meta({ description: 'False sentences that were taken back.' }),
    medianLatency: z.int().nullable().meta({ description: 'Milliseconds.' }),
  })
  .meta({ id: 'WeekFigures' });

const TodaySchema = z
  .object({
    timeZone: z.string().meta({ description: 'IANA: in which the day begins and ends.' }),
    from: instant,
    to: instant,
    calls: z.array(LiveCallSchema).meta({ description: 'Those that go on.' }),
    appointments: z.array(
      z.object({
        id: z.uuid(),
        start: instant,
        end: instant,
        status: z.enum(['confirmed', 'pending', 'cancelled', 'rejected']),
        attendeeName: z.string(),
        event: z.string().nullable(),
        calendar: z.string(),
        callId: z.uuid().nullable(),
      }),
    ),
    unconfirmed: fewOf(
      z.object({
        id: z.uuid(),
        kind: z.enum(['book', 'reschedule', 'cancel']),
        needsPerson: z.boolean().meta({ description: 'Else it is still looked up by itself.' }),
        event: z.string().nullable(),
        attendeeName: z.string(),
        start: instant,
        at: instant,
        callId: z.uuid().nullable(),
      }),
    ),
    messages: fewOf(
      z.object({
        id: z.uuid(),
        name: z.string().nullable(),
        callbackNumber: z.string().nullable(),
        text: z.string(),
        urgent: z.boolean(),
        at: instant,
        callId: z.uuid(),
      }),
    ),
    failedNews: fewOf(
      z.object({ id: z.uuid(), calendar: z.string(), reason: z.string().nullable(), at: instant }),
    ).meta({ description: 'Webhooks of calendars that could not be applied, of the last days.' }),
    endpoints: fewOf(
      z.object({ id: z.uuid(), origin: z.string(), isSwitchedOff: z.boolean(), at: instant }),
    ).meta({ description: 'Webhook endpoints of the organization that fail.' }),
    calendars: fewOf(
      z.object({
        id: z.uuid(),
        name: z.string(),
        provider: z.string(),
        problem: z.string(),
        at: instant,
      }),
    ).meta({ description: 'Those that refuse what they are asked, as they are set up.' }),
    week: FiguresSchema.meta({ description: 'Of the last seven days.' }),
    weekBefore: FiguresSchema.meta({ description: 'Of the seven before.' }),
  })
  .meta({ id: 'Today' });

function present(today: Today): z.input<typeof TodaySchema> {
  const { from, to, unconfirmed, messages, failedNews, endpoints, calendars } = today;
  return {
    ...today,
    from: from.toISOString(),
    to: to.toISOString(),
    calls: today.calls.map(presentLiveCall),
    appointments: today.appointments.map(
      ({ startAt, endAt, eventName, calendarName, ...rest }) => ({
        ...rest,
        start: startAt.toISOString(),
        end: endAt.toISOString(),
        event: eventName,
        calendar: calendarName,
      }),
    ),
    unconfirmed: {
      count: unconfirmed.count,
      items: unconfirmed.items.map(({ state, eventName, startAt, createdAt, ...rest }) => ({
        ...rest,
        needsPerson: state === 'attention',
        event: eventName,
        start: startAt.toISOString(),
        at: createdAt.toISOString(),
      })),
    },
    messages: {
      count: messages.count,
      items: messages.items.map(({ callerName, createdAt, text, ...rest }) => ({
        ...rest,
        name: callerName,
        text: maskText(text),
        at: createdAt.toISOString(),
      })),
    },
    failedNews: {
      count: failedNews.count,
      items: failedNews.items.map(({ id, calendarName, reason, at }) => ({
        id,
        calendar: calendarName,
        reason,
        at: at.toISOString(),
      })),
    },
    endpoints: {
      count: endpoints.count,
      // Everybody reads this: an address may end with a secret.
      items: endpoints.items.map(({ url, at, ...rest }) => ({
        ...rest,
        origin: new URL(url).origin,
        at: at.toISOString(),
      })),
    },
    calendars: {
      count: calendars.count,
      items: calendars.items.map(({ at, ...rest }) => ({ ...rest, at: at.toISOString() })),
    },
  };
}

export const TODAY_ROUTES = [
  readRoute({
    id: 'getToday',
    path: '/organizations/{organizationId}/today',
    summary: 'What goes on, what is to come today, what waits for a person, and how the week was.',
    action: 'today:read',
    params: z.object({ organizationId: z.uuid() }),
    query: z.strictObject({}),
    answer: TodaySchema,
    run: async ({ db, permit }) => present(await readToday(db, permit.organizationId)),
  }),
];
