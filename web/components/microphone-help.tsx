import type { MicrophoneProblem } from '../call/microphone-problem.ts';
import { Icon } from './icon.tsx';
import './microphone-help.css';

const WORDS: Record<MicrophoneProblem, { title: string; reason: string; steps: string[] }> = {
  refused: {
    title: 'Your microphone is blocked',
    reason: 'Without it, the receptionist cannot hear you. To allow it:',
    steps: [
      'Open the site settings beside the address of this page.',
      'Set Microphone to “Allow”.',
      'Come back here and try again.',
    ],
  },
  missing: {
    title: 'No microphone found',
    reason: 'This device shows no microphone to the browser.',
    steps: ['Plug in a headset or microphone.', 'Try again.'],
  },
  busy: {
    title: 'Your microphone is in use',
    reason: 'Another program is holding it.',
    steps: ['Close other calls and recording programs.', 'Try again.'],
  },
  unavailable: {
    title: 'No microphone on this page',
    reason: 'Browsers give the microphone only to secure pages.',
    steps: ['Open this page by an address that begins with https.'],
  },
};

/** When there is no microphone: how to get it back, and how to go on without it. */
export function MicrophoneHelp({
  problem,
  onRetry,
  onType,
}: {
  problem: MicrophoneProblem;
  onRetry: () => void;
  onType: () => void;
}) {
  const { title, reason, steps } = WORDS[problem];
  return (
    <section
      className="microphone-help"
      aria-labelledby="microphone-title"
      data-testid="microphone-help"
    >
      <h2 id="microphone-title">{title}</h2>
      <p className="lead">{reason}</p>
      <ol className="microphone-steps">
        {steps.map((step) => (
          <li key={step}>{step}</li>
        ))}
      </ol>
      <div className="button-row">
        <button type="button" className="button primary" onClick={onRetry}>
          <Icon name="microphone" />
          Try again
        </button>
        <button type="button" className="button" onClick={onType}>
          <Icon name="keyboard" />
          Continue by typing
        </button>
      </div>
      <p className="fine">You will hear the receptionist, and write your side.</p>
    </section>
  );
}
