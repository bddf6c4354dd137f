import { DisconnectReason, RoomEvent } from '@livekit/rtc-node';
import type { RemoteParticipant, Room } from '@livekit/rtc-node';
import type { PhoneCaller } from '../line/phone-caller.ts';

const NOBODY_CAME = 20_000;
/** LiveKit SIP's word for a line that was hung up and whose participant is about to leave. */
const HUNG_UP = 'hangup';
const BY_THE_CALLER = [DisconnectReason.CLIENT_INITIATED, DisconnectReason.UNKNOWN_REASON];

/**
 * Ends the call when its caller leaves, whatever the reason, or never comes. By phone it is the
 * phone's participant who counts, on the web anybody.
 */
export function endWithTheCaller(
  room: Room,
  caller: PhoneCaller | null,
  hangUp: (reason: string) => void,
): void {
  const isCaller = ({ identity }: { identity: string }): boolean =>
    caller === null || identity === caller.identity;
  const isPresent = (): boolean => [...room.remoteParticipants.values()].some(isCaller);
  let wasRinging = false;
  const hungUp = (): string =>
    wasRinging ? 'The caller hung up while it rang.' : 'The caller hung up.';
  const follow = ({ attributes }: { attributes: Record<string, string> }): void => {
    const status = attributes['sip.callStatus'];
    if (status === HUNG_UP) hangUp(hungUp());
    else wasRinging = status === 'ringing';
  };
  // The caller of a phone call came before this; one who is gone already was gone while it rang.
  const nobody = setTimeout(
    () => {
      if (!isPresent()) hangUp(caller ? 'The caller hung up while it rang.' : 'Nobody came.');
    },
    caller ? 0 : NOBODY_CAME,
  );
  if (caller) {
    const participant = room.remoteParticipants.get(caller.identity);
    if (participant) follow(participant);
    room.on(RoomEvent.ParticipantAttributesChanged, (_, participant) => {
      if (isCaller(participant)) follow(participant);
    });
  }
  room.on(RoomEvent.ParticipantDisconnected, (participant) => {
    if (!isCaller(participant) || isPresent()) return;
    clearTimeout(nobody);
    hangUp(caller && !wasRinging ? phoneReason(participant) : hungUp());
  });
  room.on(RoomEvent.Disconnected, () => hangUp('The room was closed.'));
}

/** A line that went dead is no hang-up: no RTP, a trunk that failed. */
function phoneReason({ disconnectReason }: RemoteParticipant): string {
  return disconnectReason === undefined || BY_THE_CALLER.includes(disconnectReason)
    ? 'The caller hung up.'
    : `The line was lost: ${DisconnectReason[disconnectReason]}.`;
}
