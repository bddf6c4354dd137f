import type { Call } from '../call/call.ts';
import type { CallSnapshot } from '../call/call-snapshot.ts';
import { DeviceMenu } from './device-menu.tsx';
import { Icon } from './icon.tsx';
import { LevelMeter } from './level-meter.tsx';
import './call-controls.css';

/** Microphone, devices, and the way out. */
export function CallControls({ snapshot, call }: { snapshot: CallSnapshot; call: Call }) {
  return (
    <fieldset className="call-controls" aria-label="Call controls">
      <MicrophoneButton snapshot={snapshot} call={call} />
      {snapshot.room && <DeviceMenu room={snapshot.room} />}
      <button type="button" className="control hang-up" onClick={call.hangUp}>
        <Icon name="hang-up" />
        Hang up
      </button>
    </fieldset>
  );
}

/** One button in every state, so that it keeps the focus when the state changes. */
function MicrophoneButton({ snapshot, call }: { snapshot: CallSnapshot; call: Call }) {
  const { microphone, microphoneTrack } = snapshot;
  function press(): void {
    if (microphone === 'on') void call.setMuted(true);
    else if (microphone === 'muted') void call.setMuted(false);
    else if (microphone !== 'asking') void call.addMicrophone();
  }
  return (
    <>
      <button
        type="button"
        className={microphone === 'muted' ? 'control muted' : 'control'}
        aria-disabled={microphone === 'asking'}
        onClick={press}
      >
        <Icon name={microphone === 'on' ? 'microphone' : 'microphone-off'} />
        {microphoneWord(microphone)}
      </button>
      {microphone === 'on' && <LevelMeter track={microphoneTrack} />}
    </>
  );
}

function microphoneWord(microphone: CallSnapshot['microphone']): string {
  switch (microphone) {
    case 'on':
      return 'Mute';
    case 'muted':
      return 'Unmute';
    case 'asking':
      return 'Asking…';
    case 'off':
      return 'Use mic';
    default:
      return 'Retry mic';
  }
}
