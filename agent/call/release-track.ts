import { RoomEvent } from '@livekit/rtc-node';
import type { Room } from '@livekit/rtc-node';

/**
 * Stops the framework's wait for a caller who hung up before the agent's track reached them. It has
 * no end of its own, and neither the session nor the job's process would close before it.
 */
export function releaseTrack(room: Room): void {
  room.on(RoomEvent.LocalTrackPublished, (publication) => publication.resolveFirstSubscription());
  for (const publication of room.localParticipant?.trackPublications.values() ?? []) {
    publication.resolveFirstSubscription();
  }
}
