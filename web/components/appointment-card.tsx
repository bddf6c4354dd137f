import type { CallView } from '../../calls/call-view.ts';
import { appointmentWords } from './appointment-words.ts';
import { CalendarDownload } from './calendar-download.tsx';
import { Icon } from './icon.tsx';
import './card.css';
import './appointment-card.css';

type Appointment = NonNullable<CallView['appointment']>;

/** The appointment as the booking says it; an unconfirmed one is never shown as booked. */
export function AppointmentCard({
  appointment,
  language,
  businessName,
}: {
  appointment: Appointment;
  /** Of its time. */
  language: string;
  businessName: string;
}) {
  const { title, icon, note } = appointmentWords(appointment.status);
  const { attendee, day, time, zone, host } = appointment;
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
      <div className="appointment-facts">
        <div className="appointment-when" data-testid="appointment-when" lang={language}>
          <h3>{day}</h3>
          <p>
            {time} <span>{zone}</span>
          </p>
        </div>
        <p>{host === undefined ? businessName : `${host}, ${businessName}`}</p>
        {attendee && (
          <p>
            For {attendee.name}
            {contact && <span className="appointment-contact">{contact}</span>}
          </p>
        )}
      </div>
      {note === null ? (
        <CalendarDownload appointment={appointment} businessName={businessName} />
      ) : (
        <p className="card-note">{note}</p>
      )}
    </section>
  );
}
