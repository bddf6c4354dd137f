import type { CallSnapshot } from '../call/call-snapshot.ts';
import { AppointmentCard } from './appointment-card.tsx';
import { failureWords } from './failure-words.ts';
import { Icon } from './icon.tsx';
import { Transcript } from './transcript.tsx';
import './end-panel.css';

const UNCONFIRMED =
  'It is still being confirmed. Please do not call again for it before it is settled.';

/** After the call: what came of it, and how to call again. */
export function EndPanel({
  businessName,
  snapshot,
  onSpeak,
  onType,
}: {
  businessName: string;
  snapshot: CallSnapshot;
  onSpeak: () => void;
  onType: () => void;
}) {
  const { view, failure, transcript } = snapshot;
  const appointment = view?.appointment ?? null;
  const { title, lead } = endWords(snapshot);
  const retry = !failure || failureWords(failure).retry;
  return (
    <section
      className="end-panel"
      aria-labelledby="end-title"
      data-testid="end-panel"
      data-reason={failure?.kind}
    >
      <h2 id="end-title">{title}</h2>
      <p className="lead">{lead}</p>
      {view?.appointment && (
        <AppointmentCard
          appointment={view.appointment}
          language={view.language}
          businessName={businessName}
        />
      )}
      {retry && (
        <div className="button-row">
          <button
            type="button"
            className={appointment ? 'button' : 'button primary'}
            onClick={onSpeak}
          >
            <Icon name="phone" />
            Call again
          </button>
          {failure && (
            <button type="button" className="button" onClick={onType}>
              <Icon name="keyboard" />
              Type instead
            </button>
          )}
        </div>
      )}
      {transcript.length > 0 && (
        <details className="end-transcript">
          <summary>What was said</summary>
          <Transcript lines={transcript} />
        </details>
      )}
    </section>
  );
}

function endWords({ view, failure }: CallSnapshot): { title: string; lead: string } {
  const status = view?.appointment?.status;
  if (failure) {
    const { title, advice } = failureWords(failure);
    // A lost line does not undo a booking, and calling again must not book twice.
    if (status === 'booked') return { title, lead: 'Your appointment is booked all the same.' };
    if (status === 'rescheduled') return { title, lead: 'Your appointment is moved all the same.' };
    if (status === 'cancelled') {
      return { title, lead: 'Your appointment is cancelled all the same.' };
    }
    if (status === 'unconfirmed' || status === 'requested') return { title, lead: UNCONFIRMED };
    return { title, lead: advice };
  }
  if (status && status !== 'unconfirmed')
    return { title: 'You are all set', lead: 'Thank you for calling.' };
  if (status === 'unconfirmed') {
    return { title: 'Almost there', lead: UNCONFIRMED };
  }
  // Not "was made": a visitor who hangs up in the middle may leave a booking under way.
  return {
    title: 'Thank you for calling',
    lead: 'No appointment was confirmed in this call. Call again whenever it suits you.',
  };
}
