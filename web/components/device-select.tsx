import { useMediaDeviceSelect } from '@livekit/components-react';
import type { Room } from 'livekit-client';
import { useId, useState } from 'react';

/** One kind of device. Browsers hide names, or whole devices, until the microphone is allowed. */
export function DeviceSelect({
  room,
  kind,
  label,
}: {
  room: Room;
  kind: 'audioinput' | 'audiooutput';
  label: string;
}) {
  const id = useId();
  const [failed, setFailed] = useState(false);
  const { devices, activeDeviceId, setActiveMediaDevice } = useMediaDeviceSelect({
    kind,
    room,
    // The call has asked already; asking from a menu would surprise.
    requestPermissions: false,
  });
  const known = devices.filter((device) => device.deviceId !== '');
  async function choose(deviceId: string): Promise<void> {
    setFailed(false);
    try {
      await setActiveMediaDevice(deviceId);
    } catch {
      setFailed(true);
    }
  }
  return (
    <div className="device-select">
      <label htmlFor={id}>{label}</label>
      <select
        id={id}
        value={activeDeviceId}
        disabled={known.length === 0}
        onChange={(event) => void choose(event.target.value)}
      >
        {!known.some((device) => device.deviceId === activeDeviceId) && (
          <option value={activeDeviceId}>System default</option>
        )}
        {known.map((device, index) => (
          <option key={device.deviceId} value={device.deviceId}>
            {device.label || `${label} ${index + 1}`}
          </option>
        ))}
      </select>
      {failed && <p role="alert">This device does not answer. The other one stays in use.</p>}
    </div>
  );
}
