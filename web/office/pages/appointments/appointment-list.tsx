import { Paper, SegmentedControl, Stack, Text, Title, UnstyledButton } from '@mantine/core';
import { useItems } from '../../api/hooks.ts';
import { EmptyState } from '../../components/empty-state.tsx';
import { Instant, writeInstant } from '../../components/instant.tsx';
import { MoreList } from '../../components/more-list.tsx';
import { useOffice } from '../../office.ts';
import type { Appointment } from './appointment.ts';
import classes from './appointments.module.css';
import { useFilters, useShown } from './search.ts';
import { StateMark } from './state-mark.tsx';

/** Appointments by their days: what is to come, or what was. @param now when the page was opened */
export function AppointmentList({ now, onBook }: { now: Date; onBook: React.ReactNode }) {
  const { shown, show } = useShown();
  const filters = useFilters();
  const isPast = shown('when') === 'past';
  const instant = now.toISOString();
  const list = useItems('listAppointments', {
    query: { ...filters, ...(isPast ? { to: instant, order: 'desc' } : { from: instant }) },
    every: 30_000,
  });
  return (
    <Stack gap="md" align="stretch">
      <SegmentedControl
        aria-label="Which appointments"
        transitionDuration={0}
        data={[
          { value: 'next', label: 'To come' },
          { value: 'past', label: 'Past' },
        ]}
        value={isPast ? 'past' : 'next'}
        onChange={(value) => show('when', value === 'past' ? value : null)}
        style={{ alignSelf: 'flex-start' }}
      />
      <MoreList
        list={list}
        empty={
          <EmptyState
            icon="appointments"
            title={isPast ? 'Nothing was booked' : 'Nothing is booked'}
            action={onBook}
          >
            {Object.keys(filters).length > 0
              ? 'No appointment is like that: widen the filters.'
              : 'What callers book, and what is booked in the calendars themselves, is listed here.'}
          </EmptyState>
        }
      >
        {(items) => <Days items={items} onOpen={(id) => show('appointment', id)} />}
      </MoreList>
    </Stack>
  );
}

interface DaysProps {
  items: Appointment[];
  onOpen: (id: string) => void;
}

function Days({ items, onOpen }: DaysProps) {
  const { timeZone } = useOffice();
  const days = Map.groupBy(items, ({ start }) => writeInstant(start, timeZone, 'day'));
  return [...days].map(([day, of]) => (
    <section key={day} aria-label={day}>
      <Title order={2} fz="md" mb={6}>
        {day}
      </Title>
      <Paper withBorder style={{ overflow: 'hidden' }}>
        {of.map((appointment) => (
          <AppointmentRow key={appointment.id} of={appointment} onOpen={onOpen} />
        ))}
      </Paper>
    </section>
  ));
}

function AppointmentRow({ of, onOpen }: { of: Appointment; onOpen: (id: string) => void }) {
  const { id, start, attendee, event, state } = of;
  return (
    <UnstyledButton
      className={classes['row'] ?? ''}
      {...(state === 'cancelled' ? { 'data-over': true } : {})}
      onClick={() => onOpen(id)}
    >
      <Text component="span" fw={600}>
        <Instant at={start} as="time" />
      </Text>
      <span className={classes['name']}>
        {attendee.name}
        <Text component="span" c="dimmed" size="sm" display="block">
          {event.name}
        </Text>
      </span>
      <span className={classes['state']}>
        <StateMark state={state} />
      </span>
    </UnstyledButton>
  );
}
