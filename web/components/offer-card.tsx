import { useState } from 'react';

import type { CallView } from '../../calls/call-view.ts';
import { slotParts } from '../call/slot-parts.ts';
import { Icon } from './icon.tsx';
import './card.css';
import './offer-card.css';

type Offer = NonNullable<CallView['offer']>;
type Slot = Offer['slots'][number];

/** The times on offer; a click says which one, as if it were spoken. */
export function OfferCard({
  offer,
  timeZone,
  onChoose,
}: {
  offer: Offer;
  timeZone: string;
  onChoose: (slot: Slot) => Promise<boolean>;
}) {
  const [asked, setAsked] = useState<string | null>(null);
  async function choose(slot: Slot): Promise<void> {
    setAsked(slot.id);
    if (!(await onChoose(slot))) setAsked(null);
  }
  return (
    <section className="card offer-card" aria-labelledby="offer-title" data-testid="offer-card">
      <h2 className="card-title" id="offer-title">
        <Icon name="clock" />
        Times on offer
      </h2>
      {offer.summary && <p className="card-note">{offer.summary}</p>}
      <ul className="offer-slots">
        {offer.slots.map((slot) => (
          <li key={slot.id}>
            <button
              type="button"
              className="offer-slot"
              data-testid="offer-slot"
              aria-pressed={asked === slot.id}
              onClick={() => void choose(slot)}
            >
              <SlotLabel slot={slot} timeZone={timeZone} />
              {asked === slot.id && <span className="offer-asked">Asked for</span>}
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

function SlotLabel({ slot, timeZone }: { slot: Slot; timeZone: string }) {
  const parts = slotParts(slot, timeZone);
  if (!parts) return <span className="offer-label">{slot.label}</span>;
  return (
    <span className="offer-label">
      <span className="offer-day">{parts.day}</span>
      <span className="visually-hidden"> at </span>
      <span className="offer-time">{parts.time}</span>
    </span>
  );
}
