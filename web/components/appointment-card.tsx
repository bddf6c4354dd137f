import type { CallView } from '../../calls/call-view.ts';
import { calendarLeaf } from '../call/slot-parts.ts';
import { appointmentWords } from './appointment-words.ts';
import { CalendarDownload } from './calendar-download.tsx';
import { Icon } from './icon.tsx';
import './card.css';
import './appointment-card.css';

type Appointment = NonNullable<CallView['appointment']>;

/** The appointment as the booking says it; an unconfirmed one is never shown as booked. */
export function AppointmentCard({
  appointment,
  businessName,
}: {
  appointment: Appointment;
  businessName: string;
}) {
  const { title, icon, note } = appointmentWords(appointment.status);
  const leaf = calendarLeaf(appointment.start, appointment.timeZone);
  const { attendee } = appointment;
  const contact = attendee?.email ?? attendee?.phone;
  return (
    <section
      className="card appointment-card"
      aria-labelledby="appointment-title"
      data-testid="appointment-card"
      data-status={appointment.status}
    >
      <h2 className="card-title" id="appointment-title">
        <Icon name={icon} />
        {title}
      </h2>
      <div className="appointment-body">
        {leaf && (
          <div className="appointment-leaf" aria-hidden="true">
            <span>{leaf.month}</span>
            <strong>{leaf.day}</strong>
            <span>{leaf.weekday}</span>
          </div>
        )}
        <div className="appointment-facts">
          <p className="appointment-when" data-testid="appointment-when">
            {appointment.label}
          </p>
          <p>{businessName}</p>
          {attendee && (
            <p>
              For {attendee.name}
              {contact && <span className="appointment-contact">{contact}</span>}
            </p>
          )}
        </div>
      </div>
      {note === null ? (
        <CalendarDownload appointment={appointment} businessName={businessName} />
      ) : (
        <p className="card-note">{note}</p>
      )}
    </section>
  );
}
