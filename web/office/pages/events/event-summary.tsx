import { Card, Table } from '@mantine/core';
import type { BookingEvent } from './event-values.ts';

/** A booking event for who may read it alone. */
export function EventSummary({ event }: { event: BookingEvent }) {
  const facts: [string, string][] = [
    ['Calendar', event.calendar ?? 'None'],
    ['Taken by', event.hosts.map(({ name }) => name).join(', ') || 'Nobody by name'],
    ['Blocked by', event.blockedBy.join(', ') || 'That calendar alone'],
    ['Event type', event.eventType],
    ['Length', `${event.durationMinutes} minutes`],
    ['Booked by', event.agent ?? 'Any agent'],
    ['Offered', event.enabled ? 'Yes' : 'No'],
    ['Preparation', event.preparation ?? 'None'],
    ['Organizer', event.organizerEmail ?? 'Not named'],
    ['Meeting link', event.meetingLink === 'provider' ? 'As the calendar has it' : 'Google Meet'],
    ['Time zone', event.timeZone ?? 'That of the calendar'],
    ['First day', event.initialBookingDate ?? 'Today'],
    ['Days to offer', String(event.offeringDays ?? 14)],
    ['Times a day', String(event.slotsPerDay ?? 'As many as fit')],
    ['Hours between', String(event.hoursBetweenSlots ?? 0)],
  ];
  return (
    <Card withBorder>
      <Table withRowBorders={false} layout="auto">
        <Table.Tbody>
          {facts.map(([words, value]) => (
            <Table.Tr key={words}>
              <Table.Th scope="row" fw={400} c="dimmed">
                {words}
              </Table.Th>
              <Table.Td>{value}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Card>
  );
}
