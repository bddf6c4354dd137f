import { z } from 'zod';
import { findManagedAppointment } from '../../../db/appointments/list-appointments.ts';
import { listOfficeAppointments } from '../../../db/appointments/office-appointments.ts';
import { readPage } from '../../../manage/accounts/page.ts';
import { findEventOf } from '../../../manage/by-hand.ts';
import { findOwnEvent } from '../../../manage/change-appointment.ts';
import { listFreeTimes } from '../../../manage/free-times.ts';
import type { FreeTimes } from '../../../manage/free-times.ts';
import { ManageError } from '../../../manage/manage-error.ts';
import { findAppointment, findBooked, readHistory } from '../../../manage/office-appointments.ts';
import type { Outside } from '../outside.ts';
import { agentFilter, instantFilter, personFilter } from '../filters.ts';
import {
  InstantKey,
  instantKey,
  pageOf,
  pageQuery,
  presentPage,
  readInstantKey,
} from '../paging.ts';
import { readRoute } from '../route.ts';
import {
  APPOINTMENT_STATES,
  AppointmentSchema,
  HistoryEntrySchema,
  presentAppointment,
  presentHistory,
} from './present-appointment.ts';

const inOrganization = z.object({ organizationId: z.uuid() });
const ofAppointment = inOrganization.extend({ appointmentId: z.uuid() });

const FreeTimesSchema = z
  .object({
    timeZone: z.string().meta({ description: "IANA: the calendar's." }),
    needs: z
      .array(z.enum(['name', 'email', 'phone']))
      .meta({ description: 'What the calendar wants to know of an attendee.' }),
    questions: z
      .array(
        z.object({
          key: z.string(),
          label: z.string(),
          required: z.boolean(),
          options: z.array(z.string()).nullable().meta({ description: 'Null: any text.' }),
        }),
      )
      .meta({ description: 'What it asks beside.' }),
    items: z.array(
      z.object({
        start: z.iso.datetime(),
        end: z.iso.datetime(),
        host: z.string().nullable().meta({ description: 'With whom; null: nobody is named.' }),
      }),
    ),
    to: z.iso.datetime().meta({ description: 'Sent as `from` for what follows.' }),
  })
  .meta({ id: 'FreeTimes' });

const inRange = z.strictObject({
  from: instantFilter.optional().meta({ description: 'That start then or later; now by default.' }),
  to: instantFilter.optional().meta({
    description: 'That start before, 62 days later at most; two weeks later by default.',
  }),
});

const TWO_WEEKS = 14 * 86_400_000;

function readRange({ from: given, to }: z.output<typeof inRange>, { now }: Outside) {
  const from = given ?? now();
  return { from, to: to ?? new Date(from.getTime() + TWO_WEEKS) };
}

function presentFreeTimes(
  { description, slots }: FreeTimes,
  { to }: { to: Date },
): z.input<typeof FreeTimesSchema> {
  const { timeZone, requiredAttendeeFields, questions } = description;
  return {
    timeZone,
    needs: requiredAttendeeFields,
    questions,
    items: slots.map(({ start, end, host = null }) => ({
      start: start.toISOString(),
      end: end.toISOString(),
      host,
    })),
    to: to.toISOString(),
  };
}

export const APPOINTMENT_ROUTES = [
  readRoute({
    id: 'listAppointments',
    path: '/organizations/{organizationId}/appointments',
    summary:
      'Appointments in the order of their starts, with bookings of which nobody knows yet whether they are made.',
    action: 'appointments:read',
    params: inOrganization,
    query: pageQuery(InstantKey).extend({
      from: instantFilter.optional().meta({ description: 'That start then or later.' }),
      to: instantFilter.optional().meta({ description: 'That start before.' }),
      state: z
        .enum(APPOINTMENT_STATES, `must be one of ${APPOINTMENT_STATES.join(', ')}`)
        .optional(),
      agent: agentFilter,
      calendar: z
        .uuid('must be the id of a calendar connection')
        .optional()
        .meta({ description: "A calendar connection's id." }),
      person: personFilter,
      order: z.enum(['asc', 'desc'], 'must be asc or desc').default('asc'),
    }),
    answer: pageOf(AppointmentSchema),
    async run({ db, permit: { organizationId }, query }) {
      const { limit, after = null, from, to, state, agent, calendar, person, order } = query;
      const page = await readPage({ after, limit }, (key, count) => {
        const last = key === null ? null : readInstantKey(key);
        return listOfficeAppointments(db, {
          organizationId,
          from: from ?? null,
          to: to ?? null,
          states: state ? [state] : null,
          agentSlug: agent ?? null,
          calendarConnectionId: calendar ?? null,
          person: person ?? null,
          order,
          after: last && { startAt: last.at, id: last.id },
          limit: count,
        });
      });
      return presentPage(page, presentAppointment, ({ startAt, id }) => instantKey(startAt, id));
    },
  }),
  readRoute({
    id: 'getAppointment',
    path: '/organizations/{organizationId}/appointments/{appointmentId}',
    summary: 'One appointment.',
    action: 'appointments:read',
    params: ofAppointment,
    query: z.strictObject({}),
    answer: AppointmentSchema,
    hasEtag: true,
    run: async ({ db, permit: { organizationId }, params }) =>
      presentAppointment(await findAppointment(db, { organizationId, id: params.appointmentId })),
  }),
  readRoute({
    id: 'getAppointmentHistory',
    path: '/organizations/{organizationId}/appointments/{appointmentId}/history',
    summary:
      'What was asked for an appointment and how it went, what its calendar told of it, and what its attendee was written.',
    action: 'appointments:read',
    params: ofAppointment,
    query: z.strictObject({}),
    answer: z.object({ items: z.array(HistoryEntrySchema) }),
    async run({ db, permit: { organizationId }, params }) {
      const key = { organizationId, id: params.appointmentId };
      const history = await readHistory(db, await findAppointment(db, key));
      return { items: presentHistory(history) };
    },
  }),
  readRoute({
    id: 'listTimesToMoveTo',
    path: '/organizations/{organizationId}/appointments/{appointmentId}/free-times',
    summary: 'The times that an appointment can be moved to now.',
    action: 'appointments:write',
    params: ofAppointment,
    query: inRange,
    answer: FreeTimesSchema,
    async run({ db, permit: { organizationId }, params, query, outside }) {
      const { id, startAt, endAt } = await findBooked(db, {
        organizationId,
        id: params.appointmentId,
      });
      const appointment = await findManagedAppointment(db, { organizationId, id });
      if (!appointment)
        throw new ManageError('There is no such appointment.', { fault: 'missing' });
      const event = await findEventOf(db, appointment);
      const durationMinutes = (endAt.getTime() - startAt.getTime()) / 60_000;
      const range = { ...readRange(query, outside), durationMinutes };
      return presentFreeTimes(await listFreeTimes({ ...outside, db }, event, range), range);
    },
  }),
  readRoute({
    id: 'listFreeTimes',
    path: '/organizations/{organizationId}/booking-events/{eventId}/free-times',
    summary: 'The times that can be booked by hand now, and what the calendar wants to know.',
    action: 'appointments:write',
    params: inOrganization.extend({ eventId: z.uuid() }),
    query: inRange,
    answer: FreeTimesSchema,
    async run({ db, permit: { organizationId }, params, query, outside }) {
      const event = await findOwnEvent(db, { organizationId, id: params.eventId });
      const range = readRange(query, outside);
      return presentFreeTimes(await listFreeTimes({ ...outside, db }, event, range), range);
    },
  }),
];
