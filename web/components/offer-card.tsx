import { useId, useState, type ReactNode } from 'react';

import type { CallView, PageAnswer } from '../../calls/call-view.ts';
import { Icon } from './icon.tsx';
import './card.css';
import './offer-card.css';

type Offer = NonNullable<CallView['offer']>;
type Slot = Offer['slots'][number];

const GONE = 'That time is no longer on offer.';
const NOT_SENT = 'That did not get through. Please tap again.';

/** The times on offer, day by day; a tap chooses one, also while somebody speaks. */
export function OfferCard({
  offer,
  language,
  onChoose,
}: {
  offer: Offer;
  /** Of the times. */
  language: string;
  onChoose: (slot: Slot) => Promise<PageAnswer | null>;
}) {
  const known = offer.slots.find(({ isChosen }) => isChosen)?.id ?? null;
  const [tapped, setTapped] = useState<{ id: string; before: string | null } | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  // A tap shows at once, until the call has another choice than it had.
  const chosen = tapped !== null && tapped.before === known ? tapped.id : known;
  async function choose(slot: Slot): Promise<void> {
    if (slot.id === chosen) return;
    setTapped({ id: slot.id, before: known });
    setProblem(null);
    const answer = await onChoose(slot);
    if (answer?.status === 'done') return;
    setTapped(null);
    setProblem(answer === null ? NOT_SENT : GONE);
  }
  return (
    <section className="card offer-card" aria-labelledby="offer-title" data-testid="offer-card">
      <h2 className="card-title" id="offer-title">
        <Icon name="clock" />
        Times on offer
      </h2>
      {offer.message !== null && <p className="card-note">{offer.message}</p>}
      {daysOf(offer.slots).map(({ day, slots }) => (
        <OfferDay key={day} day={day} language={language}>
          {slots.map((slot) => (
            <li key={slot.id}>
              <button
                type="button"
                className="offer-slot"
                data-testid="offer-slot"
                lang={language}
                aria-label={[slot.time, slot.day, slot.host].filter(Boolean).join(', ')}
                aria-pressed={slot.id === chosen}
                onClick={() => void choose(slot)}
              >
                {slot.id === chosen && <Icon name="check" />}
                {slot.time}
                {slot.host !== undefined && <span className="offer-host">{slot.host}</span>}
              </button>
            </li>
          ))}
        </OfferDay>
      ))}
      {problem !== null && (
        <p className="offer-problem" role="alert">
          {problem}
        </p>
      )}
      {offer.slots[0] && (
        <p className="card-note">
          Time zone: <span lang={language}>{offer.slots[0].zone}</span>
        </p>
      )}
    </section>
  );
}

function OfferDay({
  day,
  language,
  children,
}: {
  day: string;
  language: string;
  children: ReactNode;
}) {
  const id = useId();
  return (
    <div className="offer-day">
      <h3 id={id} lang={language}>
        {day}
      </h3>
      <ul className="offer-slots" aria-labelledby={id}>
        {children}
      </ul>
    </div>
  );
}

/** In the order of the offer: a day that comes again later is not written again. */
function daysOf(slots: readonly Slot[]): { day: string; slots: Slot[] }[] {
  const days = new Map<string, Slot[]>();
  for (const slot of slots) days.set(slot.day, [...(days.get(slot.day) ?? []), slot]);
  return [...days].map(([day, ofDay]) => ({ day, slots: ofDay }));
}
