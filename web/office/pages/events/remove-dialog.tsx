import { List, Stack, Text } from '@mantine/core';
import { useNavigate } from 'react-router';
import { useAnswer, useChange } from '../../api/hooks.ts';
import type { AnswerOf } from '../../api/route-types.ts';
import { Answered } from '../../components/answered.tsx';
import { ConfirmDialog } from '../../components/confirm-dialog.tsx';
import { sayDone } from '../../components/say.ts';
import type { BookingEvent } from './event-values.ts';

/** Asks before an event is removed, with what refers to it. */
export function RemoveDialog({ event, onClose }: { event: BookingEvent; onClose: () => void }) {
  const params = { eventId: event.id };
  const references = useAnswer('getEventReferences', { params });
  const remove = useChange('removeBookingEvent');
  const navigate = useNavigate();
  return (
    <ConfirmDialog
      isOpen
      title={`Delete “${event.name}”?`}
      confirm="Delete"
      isDangerous
      isBusy={remove.isPending || references.isPending}
      problem={remove.error}
      onClose={onClose}
      onConfirm={() =>
        remove.mutate(
          { params },
          {
            onSuccess: () => {
              sayDone(`“${event.name}” is deleted.`);
              void navigate('/office/events');
            },
          },
        )
      }
    >
      <Answered of={references}>{(found) => <References {...found} />}</Answered>
    </ConfirmDialog>
  );
}

function References({ upcoming, past, open, agentsWithout }: AnswerOf<'getEventReferences'>) {
  const facts = [
    ...(upcoming > 0
      ? [`${count(upcoming, 'appointment')} to come: they stand, and you can move and cancel them.`]
      : []),
    ...(open > 0
      ? [`${count(open, 'booking')} whose outcome is not known yet: it is still found out.`]
      : []),
    ...(past > 0 ? [`${count(past, 'appointment')} over or cancelled: they keep its name.`] : []),
    ...agentsWithout.map((slug) => `The agent ${slug} would have nothing left to book.`),
  ];
  return (
    <Stack gap="sm">
      <Text>Nobody can book it any more. The event type at the calendar’s provider stays.</Text>
      {facts.length === 0 ? (
        <Text size="sm">Nothing was booked with it yet.</Text>
      ) : (
        <List size="sm">
          {facts.map((fact) => (
            <List.Item key={fact}>{fact}</List.Item>
          ))}
        </List>
      )}
    </Stack>
  );
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
