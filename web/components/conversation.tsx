import { useState } from 'react';

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
  // A visitor who agrees means the time that they see marked: the card marks a tap at once.
  const [tapped, setTapped] = useState<{ id: string; before: string | null } | null>(null);
  const known = offer?.slots.find(({ isChosen }) => isChosen)?.id ?? null;
  const marked = tapped !== null && tapped.before === known ? tapped.id : known;
  const chosen = offer?.slots.find(({ id }) => id === marked);
  async function choose({ id, day, time }: NonNullable<typeof chosen>) {
    setTapped({ id, before: known });
    const answer = await call.act({ do: 'choose', slotId: id }, `${day}, ${time}`);
    if (answer?.status !== 'done') setTapped(null);
    return answer;
  }
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
                onChoose={choose}
              />
            )}
            {hasForm && (
              <DetailsForm
                details={details}
                onGive={give}
                onBook={
                  chosen
                    ? (shown) =>
                        call.act({ do: 'book', slotId: chosen.id, ...shown }, 'Yes, book it')
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
