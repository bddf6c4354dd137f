import { RoomEvent } from '@livekit/rtc-node';
import type { Room } from '@livekit/rtc-node';

/** Resolves once somebody leaves the room and nobody who is spoken to is left. */
export function untilGone(room: Room, isGone: () => boolean): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  room.on(RoomEvent.ParticipantDisconnected, () => {
    if (isGone()) resolve();
  });
  return promise;
}
