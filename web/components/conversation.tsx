import type { Call } from '../call/call.ts';
import type { CallSnapshot } from '../call/call-snapshot.ts';
import { detailsMessage, slotMessage } from '../call/visitor-messages.ts';
import { AppointmentCard } from './appointment-card.tsx';
import { CallControls } from './call-controls.tsx';
import { Composer } from './composer.tsx';
import { ConnectionBanner } from './connection-banner.tsx';
import { DetailsForm } from './details-form.tsx';
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
  const scroller = useStickToEnd([transcript, view]);
  return (
    <div className="conversation" onInput={call.typing}>
      <ConnectionBanner reconnecting={snapshot.reconnecting} />
      {snapshot.soundBlocked && <SoundBanner onAllow={() => void call.allowSound()} />}
      <div
        className="conversation-scroll"
        data-cards={Boolean(appointment ?? offer)}
        ref={scroller}
      >
        <Transcript lines={transcript} />
        {view && (appointment ?? offer) && (
          <div className="conversation-cards">
            {offer && (
              <OfferCard
                offer={offer}
                timeZone={view.timeZone}
                onChoose={(slot) => call.send(slotMessage(slot))}
              />
            )}
            {offer && <DetailsForm onSend={(details) => call.send(detailsMessage(details))} />}
            {appointment && (
              <AppointmentCard appointment={appointment} businessName={businessName} />
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
