import { Badge, Button, Group, Table, Text } from '@mantine/core';
import { Link } from 'react-router';
import { useItems } from '../../api/hooks.ts';
import type { ItemOf } from '../../api/route-types.ts';
import { EmptyState } from '../../components/empty-state.tsx';
import { Icon } from '../../components/icon.tsx';
import { MoreList } from '../../components/more-list.tsx';
import { PageHead } from '../../components/page-head.tsx';
import { useOffice } from '../../office.ts';

/** What callers can book. */
export function EventsPage() {
  const { may } = useOffice();
  const list = useItems('listBookingEvents');
  const add = may('booking-events:write') && (
    <Button component={Link} to="/office/events/new" leftSection={<Icon name="plus" size={16} />}>
      Add an event
    </Button>
  );
  return (
    <>
      <PageHead
        title="Booking events"
        words="What callers can book: which kind of appointment, in which calendar, and how its times are offered."
      >
        {list.items && list.items.length > 0 && add}
      </PageHead>
      <MoreList
        list={list}
        empty={
          <EmptyState icon="events" title="Nothing can be booked yet" action={add}>
            Add an event for each kind of appointment, such as a consultation or a demo. Until there
            is one, your agents answer questions and take messages.
          </EmptyState>
        }
      >
        {(events) => (
          <Table.ScrollContainer minWidth={0} type="native">
            <Table verticalSpacing="sm">
              <Table.Thead visibleFrom="sm">
                <Table.Tr>
                  <Table.Th>Event</Table.Th>
                  <Table.Th>Calendar</Table.Th>
                  <Table.Th>Length</Table.Th>
                  <Table.Th>Booked by</Table.Th>
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {events.map((event) => (
                  <EventRow key={event.id} {...event} />
                ))}
              </Table.Tbody>
            </Table>
          </Table.ScrollContainer>
        )}
      </MoreList>
    </>
  );
}

function EventRow({ id, name, enabled, ...event }: ItemOf<'listBookingEvents'>) {
  const length = `${event.durationMinutes} min`;
  const agent = event.agent ?? 'Any agent';
  return (
    <Table.Tr>
      <Table.Td>
        <Group gap="xs">
          <Text
            component={Link}
            to={`/office/events/${id}`}
            fw={600}
            c="var(--mantine-color-anchor)"
          >
            {name}
          </Text>
          {!enabled && (
            <Badge color="gray" variant="dot">
              Not offered
            </Badge>
          )}
        </Group>
        <Text size="sm" c="dimmed" hiddenFrom="sm">
          {event.calendar ?? 'No calendar'} · {length} · {agent}
        </Text>
      </Table.Td>
      <Table.Td visibleFrom="sm">{event.calendar ?? 'None'}</Table.Td>
      <Table.Td visibleFrom="sm">{length}</Table.Td>
      <Table.Td visibleFrom="sm">{agent}</Table.Td>
    </Table.Tr>
  );
}
