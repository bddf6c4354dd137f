import type { CallView } from '../../calls/call-view.ts';
import { calendarFile } from '../call/calendar-file.ts';
import { Icon } from './icon.tsx';

/** Hands the appointment to the visitor's own calendar, made on this page: nothing is sent. */
export function CalendarDownload({
  appointment,
  businessName,
}: {
  appointment: NonNullable<CallView['appointment']>;
  businessName: string;
}) {
  function download(): void {
    const { start, end, attendee } = appointment;
    const file = calendarFile(
      {
        title: businessName,
        description: attendee ? `Appointment for ${attendee.name}` : 'Appointment',
        start,
        end,
      },
      { uid: `${start}-${location.host}`, now: new Date() },
    );
    const address = URL.createObjectURL(new Blob([file], { type: 'text/calendar' }));
    const link = document.createElement('a');
    link.href = address;
    link.download = 'appointment.ics';
    link.click();
    URL.revokeObjectURL(address);
  }
  return (
    <button type="button" className="button small" onClick={download}>
      <Icon name="download" />
      Add to calendar
    </button>
  );
}
