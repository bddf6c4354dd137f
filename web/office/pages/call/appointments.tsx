import { Badge, Paper, Stack, Text, Title } from '@mantine/core';
import { Instant } from '../../components/instant.tsx';
import type { WholeCall } from './whole-call.ts';

const STATUS: Record<
  WholeCall['appointments'][number]['status'],
  { words: string; color: string }
> = {
  confirmed: { words: 'Confirmed', color: 'green' },
  pending: { words: 'Requested', color: 'blue' },
  cancelled: { words: 'Cancelled', color: 'gray' },
  rejected: { words: 'Not accepted', color: 'red' },
};
const OPEN = ['claimed', 'unknown', 'attention'];
const DOES = { book: 'A booking', reschedule: 'A move', cancel: 'A cancellation' };

/** What the call changed in calendars, as it stands by now, and as the caller was told. */
export function Appointments({ call }: { call: WholeCall }) {
  const { appointments, intents, appointmentDetails: told } = call;
  const open = intents.filter(({ state }) => OPEN.includes(state));
  if (appointments.length === 0 && open.length === 0 && !told) return null;
  return (
    <Paper withBorder p="md" component="section" aria-labelledby="appointments">
      <Title order={2} fz="lg" id="appointments" mb="xs">
        Appointment
      </Title>
      <Stack gap="sm">
        {appointments.map(({ id, event, start, status, attendeeName }) => (
          <div key={id}>
            <Text fw={600} size="sm">
              <Instant at={start} />
            </Text>
            <Text size="sm">
              {[event, attendeeName].filter(Boolean).join(', ')}{' '}
              <Badge
                component="span"
                size="sm"
                variant="light"
                tt="none"
                color={STATUS[status].color}
              >
                {STATUS[status].words}
              </Badge>
            </Text>
          </div>
        ))}
        {open.map(({ id, kind, state, start }) => (
          <Text key={id} size="sm">
            {DOES[kind]} for <Instant at={start} />{' '}
            {state === 'attention' ? 'needs a person to look it up' : 'is not confirmed yet'}.
          </Text>
        ))}
        {told && (
          <Text size="sm" c="dimmed">
            Told last: {told.label}, {told.attendee.name}
            {[told.attendee.email, told.attendee.phone]
              .flatMap((contact) => (contact ? `, ${contact}` : []))
              .join('')}
          </Text>
        )}
      </Stack>
    </Paper>
  );
}
