import type { CallView } from '../../booking/call-view.ts';
import { calendarLeaf } from '../call/slot-parts.ts';
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
  const booked = appointment.status === 'booked';
  const leaf = calendarLeaf(appointment.start, appointment.timeZone);
  const { name, email, phone } = appointment.attendee;
  return (
    <section
      className="card appointment-card"
      aria-labelledby="appointment-title"
      data-testid="appointment-card"
      data-status={appointment.status}
    >
      <h2 className="card-title" id="appointment-title">
        <Icon name={booked ? 'check' : 'clock'} />
        {booked ? 'Appointment confirmed' : 'Not confirmed yet'}
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
          <p>
            For {name}
            {(email ?? phone) && <span className="appointment-contact">{email ?? phone}</span>}
          </p>
        </div>
      </div>
      {booked ? (
        <CalendarDownload appointment={appointment} businessName={businessName} />
      ) : (
        <p className="card-note">
          The calendar has not answered yet. Please do not rely on this time until it is confirmed.
        </p>
      )}
    </section>
  );
}
