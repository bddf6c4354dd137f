import { ParticipantKind, RoomEvent } from '@livekit/rtc-node';
import type { RemoteParticipant, Room } from '@livekit/rtc-node';
import { isForgedHost } from '../../calls/caller-host.ts';
import { readLineNumber } from '../../calls/line-numbers.ts';
import { PRIVACY_ATTRIBUTE, readCallerNumber } from '../../calls/withheld-number.ts';
import { TimeoutError, within } from '../../runtime/within.ts';

/** Who calls, as LiveKit SIP says it. */
export interface PhoneCaller {
  /** Of the participant in the room. */
  identity: string;
  /** The number that was called: E.164; null where the trunk says none. */
  dialled: string | null;
  /** E.164; null where it is withheld. */
  number: string | null;
  sipCallId: string | null;
  /** Whether the caller claims to be a network that the trunk lets in. */
  isForged: boolean;
}

/**
 * Waits for the participant of the phone line. Its kind is set by LiveKit from a token that only a
 * server of ours can sign; identity and attributes of any other kind prove nothing.
 *
 * @returns null when nobody came in that time
 */
export async function waitForPhoneCaller(
  room: Room,
  milliseconds: number,
): Promise<PhoneCaller | null> {
  const { promise, resolve } = Promise.withResolvers<RemoteParticipant>();
  const look = (participant: RemoteParticipant): void => {
    if (isPhone(participant)) resolve(participant);
  };
  room.on(RoomEvent.ParticipantConnected, look);
  for (const participant of room.remoteParticipants.values()) look(participant);
  try {
    return readPhoneCaller(await within(milliseconds, promise));
  } catch (error) {
    if (error instanceof TimeoutError) return null;
    throw error;
  } finally {
    room.off(RoomEvent.ParticipantConnected, look);
  }
}

/** Whether it is a phone line and no visitor. */
export function isPhone(participant: RemoteParticipant): boolean {
  return participant.kind === ParticipantKind.SIP;
}

function readPhoneCaller({ identity, attributes }: RemoteParticipant): PhoneCaller {
  const dialled = readLineNumber(attributes['sip.trunkPhoneNumber'], null);
  const said = { number: attributes['sip.phoneNumber'], privacy: attributes[PRIVACY_ATTRIBUTE] };
  return {
    identity,
    dialled,
    number: readCallerNumber(said, dialled),
    sipCallId: attributes['sip.callID'] || null,
    isForged: isForgedHost(attributes['sip.hostname']),
  };
}
