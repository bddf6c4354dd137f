import { createLocalAudioTrack, MediaDeviceFailure, type LocalAudioTrack } from 'livekit-client';

import type { MicrophoneProblem } from './microphone-problem.ts';

/**
 * Asks the browser for the microphone, with echo cancellation so that the agent does not hear
 * itself. Rejects with the browser's own error.
 */
export async function openMicrophone(): Promise<LocalAudioTrack> {
  return await createLocalAudioTrack({
    echoCancellation: true,
    noiseSuppression: true,
    autoGainControl: true,
  });
}

export function microphoneProblem(error: unknown): MicrophoneProblem {
  // Outside a secure context navigator.mediaDevices does not exist at all.
  if (error instanceof TypeError) return 'unavailable';
  switch (MediaDeviceFailure.getFailure(error)) {
    case MediaDeviceFailure.NotFound:
      return 'missing';
    case MediaDeviceFailure.DeviceInUse:
      return 'busy';
    default:
      return 'refused';
  }
}
