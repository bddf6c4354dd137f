import { Button } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useParams } from 'react-router';
import { useAnswer } from '../../api/hooks.ts';
import { Answered } from '../../components/answered.tsx';
import { PageHead } from '../../components/page-head.tsx';
import { useOffice } from '../../office.ts';
import { EventFormSteps } from './event-form.tsx';
import { EventSummary } from './event-summary.tsx';
import { RemoveDialog } from './remove-dialog.tsx';

const BACK = { to: '/office/events', words: 'Booking events' };

/** A booking event that is added. */
export function NewEventPage() {
  return (
    <>
      <PageHead title="Add a booking event" back={BACK} />
      <EventFormSteps event={null} />
    </>
  );
}

/** A booking event that is there. */
export function EventPage() {
  const { may } = useOffice();
  const { eventId = '' } = useParams();
  const [isRemoving, dialog] = useDisclosure(false);
  const event = useAnswer('getBookingEvent', { params: { eventId } });
  return (
    <>
      <PageHead title={event.data?.name ?? 'Booking event'} back={BACK}>
        {event.data && may('booking-events:write') && (
          <Button variant="default" onClick={dialog.open}>
            Delete
          </Button>
        )}
      </PageHead>
      <Answered of={event}>
        {(answer) =>
          may('booking-events:write') ? (
            <EventFormSteps key={answer.id} event={answer} />
          ) : (
            <EventSummary event={answer} />
          )
        }
      </Answered>
      {isRemoving && event.data && <RemoveDialog event={event.data} onClose={dialog.close} />}
    </>
  );
}
