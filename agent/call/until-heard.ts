import type { Room } from '@livekit/rtc-node';
import type { PhoneCaller } from '../line/phone-caller.ts';
import { LINE_DELAY } from './deadlines.ts';

/** Whether the caller is in the room: by phone the phone's participant, on the web anybody. */
export function isCallerThere(
  { remoteParticipants }: Pick<Room, 'remoteParticipants'>,
  phone: Pick<PhoneCaller, 'identity'> | null,
): boolean {
  return phone ? remoteParticipants.has(phone.identity) : remoteParticipants.size > 0;
}

/** Resolves once what was played out here has been heard too, where somebody is there to hear it. */
export async function untilHeard(isThere: boolean): Promise<void> {
  if (isThere) await new Promise((resolve) => setTimeout(resolve, LINE_DELAY));
}
