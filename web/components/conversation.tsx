import type { Call } from '../call/call.ts';
import type { CallSnapshot } from '../call/call-snapshot.ts';
import { AppointmentCard } from './appointment-card.tsx';
import { CallControls } from './call-controls.tsx';
import { Composer } from './composer.tsx';
import { ConnectionBanner } from './connection-banner.tsx';
import { DetailsForm, type GivenDetails } from './details-form.tsx';
import { OfferCard } from './offer-card.tsx';
import { SoundBanner } from './sound-banner.tsx';
import { Transcript } from './transcript.tsx';
import { useStickToEnd } from './use-stick-to-end.ts';
import './conversation.css';

/** The call while it lasts: what was said, what is on offer, and what to say next. */
export function Conversation({
  businessName,
  snapshot,
  call,
}: {
  businessName: string;
  snapshot: CallSnapshot;
  call: Call;
}) {
  const { view, transcript } = snapshot;
  const appointment = view?.appointment ?? null;
  const offer = view?.offer ?? null;
  const details = view?.details ?? [];
  // Whoever says their name before they ask for a time sees it, too.
  const hasForm = offer !== null || (!appointment && details.some(({ value }) => value !== null));
  const scroller = useStickToEnd([transcript, view]);
  const give = (given: GivenDetails) =>
    call.act({ do: 'give', ...given }, Object.values(given).join(', '));
  return (
    <div className="conversation" onInput={call.typing}>
      <ConnectionBanner reconnecting={snapshot.reconnecting} />
      {snapshot.soundBlocked && <SoundBanner onAllow={() => void call.allowSound()} />}
      <div
        className="conversation-scroll"
        data-cards={appointment !== null || hasForm}
        ref={scroller}
      >
        <Transcript lines={transcript} />
        {view && (appointment !== null || hasForm) && (
          <div className="conversation-cards">
            {offer && (
              <OfferCard
                key={offer.slots.map(({ id }) => id).join()}
                offer={offer}
                language={view.language}
                onChoose={({ id, day, time }) =>
                  call.act({ do: 'choose', slotId: id }, `${day}, ${time}`)
                }
              />
            )}
            {hasForm && (
              <DetailsForm
                details={details}
                onGive={give}
                onBook={
                  offer?.slots.some(({ isChosen }) => isChosen) === true
                    ? () => call.act({ do: 'book' }, 'Yes, book it')
                    : null
                }
              />
            )}
            {appointment && (
              <AppointmentCard
                appointment={appointment}
                language={view.language}
                businessName={businessName}
              />
            )}
          </div>
        )}
      </div>
      <div className="conversation-dock">
        <Composer onSend={call.send} />
        <CallControls snapshot={snapshot} call={call} />
      </div>
    </div>
  );
}
