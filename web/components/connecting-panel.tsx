import { Icon } from './icon.tsx';

/** Between the click and the first word. */
export function ConnectingPanel({
  businessName,
  asking,
  onHangUp,
}: {
  businessName: string;
  asking: boolean;
  onHangUp: () => void;
}) {
  return (
    <section className="connecting-panel" aria-labelledby="connecting-title">
      <h2 id="connecting-title">{asking ? 'May we hear you?' : `Calling ${businessName}`}</h2>
      <p className="lead">
        {asking
          ? 'Your browser is asking for the microphone. Choose “Allow” and the call begins.'
          : 'Someone will be with you in a moment.'}
      </p>
      <button type="button" className="button" onClick={onHangUp}>
        <Icon name="hang-up" />
        {asking ? 'Cancel' : 'Hang up'}
      </button>
    </section>
  );
}
