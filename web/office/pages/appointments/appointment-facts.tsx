import { Anchor } from '@mantine/core';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { Instant, writeInstant } from '../../components/instant.tsx';
import { useOffice } from '../../office.ts';
import { bookedBy } from './appointment.ts';
import type { Appointment } from './appointment.ts';
import classes from './drawer.module.css';

/** What an appointment is. */
export function AppointmentFacts({ of }: { of: Appointment }) {
  const { timeZone } = useOffice();
  const { start, end, attendee, event, calendar, callId, open } = of;
  const ofAttendee = writeInstant(start, attendee.timeZone, 'moment');
  const isElsewhere = ofAttendee !== writeInstant(start, timeZone, 'moment');
  return (
    <dl className={classes['facts']}>
      <Fact name="When">
        <Instant at={start} /> to <Instant at={end} as="time" />
        {isElsewhere && <div>{`${ofAttendee} for them (${attendee.timeZone})`}</div>}
      </Fact>
      {open?.wishedStart && (
        <Fact name="Asked for">
          <Instant at={open.wishedStart} />
        </Fact>
      )}
      <Fact name="What">{event.name}</Fact>
      {of.host !== null && <Fact name="With">{of.host}</Fact>}
      {attendee.email !== null && (
        <Fact name="E-mail">
          <Anchor href={`mailto:${attendee.email}`}>{attendee.email}</Anchor>
        </Fact>
      )}
      {attendee.phone !== null && (
        <Fact name="Phone">
          <Anchor href={`tel:${attendee.phone}`}>{attendee.phone}</Anchor>
        </Fact>
      )}
      {of.location !== null && <Fact name="Where">{of.location}</Fact>}
      {of.notes !== null && <Fact name="Notes">{of.notes}</Fact>}
      {of.cancellationReason !== null && (
        <Fact name="Cancelled since">{of.cancellationReason}</Fact>
      )}
      <Fact name="Calendar">{calendar.name}</Fact>
      <Fact name="Booked by">
        {callId !== null ? (
          <Anchor component={Link} to={`/office/calls/${callId}`}>
            {bookedBy(of)}
          </Anchor>
        ) : (
          bookedBy(of)
        )}
      </Fact>
    </dl>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </>
  );
}
