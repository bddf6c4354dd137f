import { cancelAppointment } from './cancel-appointment.ts';
import { findAppointments } from './find-appointments.ts';
import { listAvailableSlots } from './list-available-slots.ts';
import { rescheduleAppointment } from './reschedule-appointment.ts';
import { scheduleAppointment } from './schedule-appointment.ts';
import { takeMessage } from './take-message.ts';
import type { BookingDesk } from '../desk/booking-desk.ts';
import type { ServedCall, Tool } from './tool.ts';

/**
 * The tools of a call that every front end has.
 * @param call.desk null where the agent has no calendar: it takes messages and books nothing
 */
export function bookingTools(call: ServedCall & { desk: BookingDesk | null }): Tool[] {
  const { desk } = call;
  if (!desk) return [takeMessage(call)];
  return [
    listAvailableSlots({ ...call, desk }),
    scheduleAppointment({ ...call, desk }),
    findAppointments({ ...call, desk }),
    rescheduleAppointment({ ...call, desk }),
    cancelAppointment({ ...call, desk }),
    takeMessage(call),
  ];
}
