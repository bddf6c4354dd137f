import { Icon } from './icon.tsx';
import './banner.css';

/** Some browsers play no sound before a click of its own. */
export function SoundBanner({ onAllow }: { onAllow: () => void }) {
  return (
    <div className="banner warning" role="alert">
      <span>
        <strong>Your browser muted the call.</strong>
      </span>
      <button type="button" className="button small" onClick={onAllow}>
        <Icon name="sound" />
        Turn on sound
      </button>
    </div>
  );
}
