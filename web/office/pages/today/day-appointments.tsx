import { Anchor, Badge, Group, Text } from '@mantine/core';
import { Link } from 'react-router';
import type { AnswerOf } from '../../api/route-types.ts';
import { Instant } from '../../components/instant.tsx';
import { Section } from './section.tsx';
import classes from './today.module.css';

type Appointment = AnswerOf<'getToday'>['appointments'][number];

/** Those that begin today, in their order. */
export function DayAppointments({ appointments }: { appointments: readonly Appointment[] }) {
  return (
    <Section title="Appointments today" count={appointments.length}>
      {appointments.length === 0 ? (
        <Text c="dimmed" size="sm">
          Nothing is booked for today.
        </Text>
      ) : (
        <ul className={classes['list']}>
          {appointments.map(({ id, start, status, attendeeName, event, callId }) => (
            <li key={id}>
              <Group gap="sm" wrap="nowrap" align="baseline">
                <Text fw={600} size="sm" miw="4.5rem" className={classes['number'] ?? ''}>
                  <Instant at={start} as="time" />
                </Text>
                <div>
                  <Text size="sm" className={classes['words'] ?? ''}>
                    {attendeeName}{' '}
                    {status === 'pending' && (
                      <Badge component="span" size="sm" variant="light" color="blue" tt="none">
                        Requested
                      </Badge>
                    )}
                  </Text>
                  <Text size="sm" c="dimmed">
                    {event}
                    {callId !== null && (
                      <>
                        {event !== null && ', '}
                        <Anchor underline="always" component={Link} to={`/office/calls/${callId}`}>
                          booked in a call
                        </Anchor>
                      </>
                    )}
                  </Text>
                </div>
              </Group>
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}
