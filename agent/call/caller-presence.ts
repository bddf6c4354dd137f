import { DisconnectReason, RoomEvent } from '@livekit/rtc-node';
import type { Participant, RemoteParticipant, Room } from '@livekit/rtc-node';
import type { EndedBy } from '../../db/values.ts';
import type { PhoneCaller } from '../line/phone-caller.ts';

/** Milliseconds for a visitor to come into the room. */
const NOBODY_CAME = 20_000;
/** LiveKit SIP's word for a line that was hung up and whose participant is about to leave. */
const HUNG_UP = 'hangup';
const HUNG_UP_RINGING = 'The caller hung up while it rang.';
const BY_THE_CALLER = [DisconnectReason.CLIENT_INITIATED, DisconnectReason.UNKNOWN_REASON];

type HangUp = (reason: string, by: Extract<EndedBy, 'caller' | 'fault'>) => void;

/**
 * Ends the call when its caller leaves, whatever the reason, or never comes. By phone the phone's
 * participant counts, on the web anybody.
 */
export class CallerPresence {
  readonly #room: Room;
  readonly #caller: PhoneCaller | null;
  readonly #hangUp: HangUp;
  #wasRinging = false;

  /** @param hangUp the caller has left, or did not come */
  constructor(room: Room, caller: PhoneCaller | null, hangUp: HangUp) {
    this.#room = room;
    this.#caller = caller;
    this.#hangUp = hangUp;
  }

  /** Watches for as long as the room lives: of several ends of a call the first one counts. */
  watch(): void {
    const [room, caller] = [this.#room, this.#caller];
    // The caller of a phone call came before this; one who is gone already was gone while it rang.
    const nobody = setTimeout(
      () => {
        if (!this.#isPresent) this.#hangUp(caller ? HUNG_UP_RINGING : 'Nobody came.', 'caller');
      },
      caller ? 0 : NOBODY_CAME,
    );
    const participant = caller && room.remoteParticipants.get(caller.identity);
    if (participant) this.#follow(participant);
    if (caller) {
      room.on(RoomEvent.ParticipantAttributesChanged, (_, changed) => {
        if (this.#isCaller(changed)) this.#follow(changed);
      });
    }
    room.on(RoomEvent.ParticipantDisconnected, (left) => {
      if (!this.#isCaller(left) || this.#isPresent) return;
      clearTimeout(nobody);
      if (caller && !this.#wasRinging && !wasHungUp(left)) {
        this.#hangUp(lineReason(left), 'fault');
      } else this.#hangUp(this.#hangUpReason, 'caller');
    });
    room.on(RoomEvent.Disconnected, () => this.#hangUp('The room was closed.', 'fault'));
  }

  get #isPresent(): boolean {
    return [...this.#room.remoteParticipants.values()].some((each) => this.#isCaller(each));
  }

  get #hangUpReason(): string {
    return this.#wasRinging ? HUNG_UP_RINGING : 'The caller hung up.';
  }

  #isCaller({ identity }: Participant): boolean {
    return this.#caller === null || identity === this.#caller.identity;
  }

  #follow({ attributes }: Participant): void {
    const status = attributes['sip.callStatus'];
    if (status === HUNG_UP) this.#hangUp(this.#hangUpReason, 'caller');
    else this.#wasRinging = status === 'ringing';
  }
}

function wasHungUp({ disconnectReason }: RemoteParticipant): boolean {
  return disconnectReason === undefined || BY_THE_CALLER.includes(disconnectReason);
}

/** A line that went dead is no hang-up: no RTP, a trunk that failed. */
function lineReason({ disconnectReason }: RemoteParticipant): string {
  return `The line was lost: ${DisconnectReason[disconnectReason ?? DisconnectReason.UNKNOWN_REASON]}.`;
}
