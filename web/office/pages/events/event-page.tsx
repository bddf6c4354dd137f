import { useParams } from 'react-router';
import { useAnswer } from '../../api/hooks.ts';
import { Answered } from '../../components/answered.tsx';
import { PageHead } from '../../components/page-head.tsx';
import { useOffice } from '../../office.ts';
import { EventFormSteps } from './event-form.tsx';
import { EventSummary } from './event-summary.tsx';

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
  const event = useAnswer('getBookingEvent', { params: { eventId } });
  return (
    <>
      <PageHead title={event.data?.name ?? 'Booking event'} back={BACK} />
      <Answered of={event}>
        {(answer) =>
          may('booking-events:write') ? (
            <EventFormSteps key={answer.id} event={answer} />
          ) : (
            <EventSummary event={answer} />
          )
        }
      </Answered>
    </>
  );
}
