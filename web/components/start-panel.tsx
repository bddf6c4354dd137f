import { Icon } from './icon.tsx';
import './start-panel.css';

/** Before the call: what will happen, and why the microphone is needed. */
export function StartPanel({
  businessName,
  onSpeak,
  onType,
}: {
  businessName: string;
  onSpeak: () => void;
  onType: () => void;
}) {
  return (
    <section className="start-panel" aria-labelledby="start-title">
      <h2 id="start-title">Book an appointment by talking</h2>
      <p className="lead">
        Say what you need in your own words. You will hear which times are free, and pick one.
      </p>
      <button
        type="button"
        className="button primary large"
        aria-describedby="microphone-reason"
        onClick={onSpeak}
      >
        <Icon name="phone" />
        Start the call
      </button>
      <p className="start-reason" id="microphone-reason">
        <Icon name="microphone" />
        <span>
          Your browser will ask for the microphone, so that {businessName} can hear you. It is on
          only during the call, and you can mute it at any time.
        </span>
      </p>
      <p className="start-typing">
        Rather not speak?{' '}
        <button type="button" className="link" onClick={onType}>
          Type instead
        </button>
      </p>
    </section>
  );
}
