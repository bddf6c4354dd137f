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

function MicrophoneButton({ snapshot, call }: { snapshot: CallSnapshot; call: Call }) {
  switch (snapshot.microphone) {
    case 'on':
      return (
        <>
          <button type="button" className="control" onClick={() => void call.setMuted(true)}>
            <Icon name="microphone" />
            Mute
          </button>
          <LevelMeter track={snapshot.microphoneTrack} />
        </>
      );
    case 'muted':
      return (
        <button type="button" className="control muted" onClick={() => void call.setMuted(false)}>
          <Icon name="microphone-off" />
          Unmute
        </button>
      );
    default:
      return (
        <button
          type="button"
          className="control"
          disabled={snapshot.microphone === 'asking'}
          onClick={() => void call.addMicrophone()}
        >
          <Icon name="microphone-off" />
          {snapshot.microphone === 'off' || snapshot.microphone === 'asking'
            ? 'Use microphone'
            : 'Try microphone'}
        </button>
      );
  }
}
