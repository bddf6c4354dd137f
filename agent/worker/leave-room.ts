import type { Room } from '@livekit/rtc-node';
import { libraryClient } from '../../calls/livekit-library.ts';
import { settledWithin } from '../../runtime/within.ts';

/** Milliseconds; LiveKit's library waits for its native half without an end. */
const DEADLINE = 5_000;

/**
 * Leaves a room for good. A room that the server closed first keeps its listener on the client that all
 * rooms of a process share (rtc-node 0.13.35), which would see every frame of every later call.
 */
export async function leaveRoom(room: Room): Promise<void> {
  await settledWithin(DEADLINE, room.disconnect());
  libraryClient()?.off('ffi_event', Reflect.get(room, 'onFfiEvent') as () => void);
  room.removeAllListeners();
}
