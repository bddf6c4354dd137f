import { supportsAudioOutputSelection, type Room } from 'livekit-client';
import { useEffect, useId, useRef, useState } from 'react';

import { DeviceSelect } from './device-select.tsx';
import { Icon } from './icon.tsx';
import './device-menu.css';

/** Which microphone and which speaker; closes by Escape, or by going elsewhere. */
export function DeviceMenu({ room }: { room: Room }) {
  const [open, setOpen] = useState(false);
  const menu = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const id = useId();

  useEffect(() => {
    if (!open) return undefined;
    const closeOutside = (event: Event) => {
      if (!menu.current?.contains(event.target as Node)) setOpen(false);
    };
    const closeByKey = (event: KeyboardEvent) => {
      if (event.key !== 'Escape') return;
      setOpen(false);
      button.current?.focus();
    };
    document.addEventListener('pointerdown', closeOutside);
    document.addEventListener('focusin', closeOutside);
    document.addEventListener('keydown', closeByKey);
    return () => {
      document.removeEventListener('pointerdown', closeOutside);
      document.removeEventListener('focusin', closeOutside);
      document.removeEventListener('keydown', closeByKey);
    };
  }, [open]);

  return (
    <div className="device-menu" ref={menu}>
      <button
        type="button"
        className="control"
        aria-expanded={open}
        aria-controls={id}
        ref={button}
        onClick={() => setOpen(!open)}
      >
        <Icon name="devices" />
        Devices
      </button>
      <fieldset className="device-menu-panel" id={id} aria-label="Devices" hidden={!open}>
        {open && (
          <>
            <DeviceSelect room={room} kind="audioinput" label="Microphone" />
            {supportsAudioOutputSelection() && (
              <DeviceSelect room={room} kind="audiooutput" label="Speaker" />
            )}
          </>
        )}
      </fieldset>
    </div>
  );
}
