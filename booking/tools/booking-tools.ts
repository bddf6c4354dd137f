import { cancelAppointment } from './cancel-appointment.ts';
import { findAppointments } from './find-appointments.ts';
import { listAvailableSlots } from './list-available-slots.ts';
import { rescheduleAppointment } from './reschedule-appointment.ts';
import { scheduleAppointment } from './schedule-appointment.ts';
import { getBusinessInfo } from './get-business-info.ts';
import { sendSummary } from './send-summary.ts';
import { takeMessage } from './take-message.ts';
import type { BookingDesk } from '../desk/booking-desk.ts';
import type { ServedCall, Tool } from './tool.ts';

/**
 * The tools of a call that every front end has.
 * @param call.desk null where the agent has no calendar: it takes messages and books nothing
 */
export function bookingTools(call: ServedCall & { desk: BookingDesk | null }): Tool[] {
  const { business, desk } = call;
  const always = [
    takeMessage(call),
    sendSummary(call),
    ...(business ? [getBusinessInfo(business)] : []),
  ];
  if (!desk) return always;
  return [
    listAvailableSlots({ ...call, desk }),
    scheduleAppointment({ ...call, desk }),
    findAppointments({ ...call, desk }),
    rescheduleAppointment({ ...call, desk }),
    cancelAppointment({ ...call, desk }),
    ...always,
  ];
}
