import { z } from 'zod';
import type { OfficeAppointment } from '../../../db/appointments/office-appointments.ts';
import { findManagedIntent } from '../../../db/intents/list-intents.ts';
import type { ByHandOutcome, ByHandParts } from '../../../manage/by-hand.ts';
import {
  bookByHand,
  CancelSchema,
  cancelByHand,
  findOwnEvent,
  moveByHand,
  MoveSchema,
  NewAppointmentSchema,
} from '../../../manage/change-appointment.ts';
import { settleIntent, SettlementSchema } from '../../../manage/intents.ts';
import { ManageError } from '../../../manage/manage-error.ts';
import { findAppointment, findBooked } from '../../../manage/office-appointments.ts';
import { effectRoute } from '../route.ts';
import type { Change } from '../route.ts';
import { AppointmentSchema, presentAppointment } from './present-appointment.ts';

const inOrganization = z.object({ organizationId: z.uuid() });
const ofAppointment = inOrganization.extend({ appointmentId: z.uuid() });

const SettledSchema = z.object({
  intentId: z.uuid(),
  state: z.enum(['confirmed', 'refused']),
  appointmentId: z.uuid().nullable().meta({ description: 'Null where there is none.' }),
});

/** An appointment as the audit log tells of it: nobody is named there. */
function tell({ id, state, startAt }: OfficeAppointment) {
  return {
    subject: { kind: 'appointment', id },
    facts: { state, start: startAt.toISOString() },
  };
}

/** What came of a change, as it is answered and told. */
function conclude(
  outcome: ByHandOutcome,
  {
    before,
    after,
    action,
  }: { before: OfficeAppointment | null; after: OfficeAppointment; action: string },
): { answer: z.input<typeof AppointmentSchema>; change: Change; isOpen: boolean } {
  const isOpen = outcome.state === 'unknown';
  const { subject, facts } = tell(after);
  return {
    answer: presentAppointment(after),
    change: {
      action: isOpen ? 'appointment.unconfirmed' : action,
      subject,
      before: before && tell(before).facts,
      after: facts,
    },
    isOpen,
  };
}

/** Fields at fault as the request has them. */
async function settle(
  byHand: ByHandParts,
  organizationId: string,
  { intentId, ...body }: z.output<typeof SettlementSchema> & { intentId: string },
) {
  try {
    return await settleIntent(byHand, organizationId, { id: intentId, ...body });
  } catch (error) {
    if (!(error instanceof ManageError) || error.field !== 'id') throw error;
    throw new ManageError(error.message, { field: 'intentId', fault: error.fault, cause: error });
  }
}

export const APPOINTMENT_CHANGE_ROUTES = [
  effectRoute({
    id: 'createAppointment',
    path: '/organizations/{organizationId}/appointments',
    summary: 'Books a time that the calendar lists. 202: the calendar did not say whether it did.',
    action: 'appointments:write',
    params: inOrganization,
    body: NewAppointmentSchema,
    example: {
      eventId: '00000000-0000-4000-8000-000000000000',
      start: '2027-01-29T15:00:00Z',
      attendee: { name: 'Mary Smith', email: 'mary.smith@example.com' },
    },
    answer: AppointmentSchema,
    status: 201,
    current: null,
    async wish({ db, permit: { organizationId }, body: { eventId, start } }) {
      const event = await findOwnEvent(db, { organizationId, id: eventId });
      return {
        action: 'appointment.booking-requested',
        subject: { kind: 'appointment', id: 'new' },
        before: null,
        after: { event: event.name, start: start.toISOString() },
      };
    },
    async run({ db, permit: { organizationId }, body, byHand }) {
      const outcome = await bookByHand(byHand, organizationId, body);
      const after = await findAppointment(db, { organizationId, id: outcome.id });
      return conclude(outcome, { before: null, after, action: 'appointment.booked' });
    },
  }),
  effectRoute({
    id: 'moveAppointment',
    path: '/organizations/{organizationId}/appointments/{appointmentId}/move',
    summary:
      'Moves an appointment to a time that its calendar lists. 202: the calendar did not say whether it did.',
    action: 'appointments:write',
    params: ofAppointment,
    body: MoveSchema,
    example: { start: '2027-01-29T16:00:00Z', reason: 'The doctor is ill' },
    answer: AppointmentSchema,
    status: 200,
    current: async ({ db, permit: { organizationId }, params }) =>
      presentAppointment(await findAppointment(db, { organizationId, id: params.appointmentId })),
    async wish({ db, permit: { organizationId }, params, body: { start } }) {
      const before = await findBooked(db, { organizationId, id: params.appointmentId });
      const { subject, facts } = tell(before);
      return {
        action: 'appointment.move-requested',
        subject,
        before: facts,
        after: { start: start.toISOString() },
      };
    },
    async run({ db, permit: { organizationId }, params, body, byHand }) {
      const before = await findBooked(db, { organizationId, id: params.appointmentId });
      const outcome = await moveByHand(byHand, { organizationId, id: before.id }, body);
      const after = await findAppointment(db, { organizationId, id: outcome.id });
      return conclude(outcome, { before, after, action: 'appointment.moved' });
    },
  }),
  effectRoute({
    id: 'cancelAppointment',
    path: '/organizations/{organizationId}/appointments/{appointmentId}/cancel',
    summary: 'Cancels an appointment. 202: the calendar did not say whether it did.',
    action: 'appointments:write',
    params: ofAppointment,
    body: CancelSchema,
    example: { reason: 'The doctor is ill' },
    answer: AppointmentSchema,
    status: 200,
    current: async ({ db, permit: { organizationId }, params }) =>
      presentAppointment(await findAppointment(db, { organizationId, id: params.appointmentId })),
    async wish({ db, permit: { organizationId }, params }) {
      const before = await findBooked(db, { organizationId, id: params.appointmentId });
      const { subject, facts } = tell(before);
      return {
        action: 'appointment.cancellation-requested',
        subject,
        before: facts,
        after: { state: 'cancelled' },
      };
    },
    async run({ db, permit: { organizationId }, params, body, byHand }) {
      const before = await findBooked(db, { organizationId, id: params.appointmentId });
      const outcome = await cancelByHand(byHand, { organizationId, id: before.id }, body);
      const after = await findAppointment(db, { organizationId, id: outcome.id });
      return conclude(outcome, { before, after, action: 'appointment.cancelled' });
    },
  }),
  effectRoute({
    id: 'settleIntent',
    path: '/organizations/{organizationId}/intents/{intentId}/settle',
    summary:
      'Writes how a booking, a move or a cancellation ended that nobody could find out, as somebody saw it in the calendar.',
    action: 'appointments:write',
    params: inOrganization.extend({ intentId: z.uuid() }),
    body: SettlementSchema,
    example: { outcome: 'did-not-happen', reason: 'It is not in the calendar' },
    answer: SettledSchema,
    status: 200,
    current: null,
    async wish({ db, permit: { organizationId }, params: { intentId }, body: { outcome } }) {
      const intent = await findManagedIntent(db, { organizationId, id: intentId });
      if (!intent) {
        throw new ManageError('There is no such intent.', { field: 'intentId', fault: 'missing' });
      }
      return {
        action: 'appointment.settlement-requested',
        subject: { kind: 'appointment', id: intent.appointmentId ?? intentId },
        before: { state: intent.state },
        after: { outcome },
      };
    },
    async run({ permit: { organizationId }, params: { intentId }, body, byHand }) {
      const { state, appointmentId } = await settle(byHand, organizationId, { ...body, intentId });
      return {
        answer: {
          intentId,
          state: state === 'refused' ? ('refused' as const) : ('confirmed' as const),
          appointmentId,
        },
        change: {
          action: 'appointment.settled',
          subject: { kind: 'appointment', id: appointmentId ?? intentId },
          before: null,
          after: { state },
        },
        isOpen: false,
      };
    },
  }),
];
