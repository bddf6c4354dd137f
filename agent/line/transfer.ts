import { SipCallError, SipClient } from 'livekit-server-sdk';
import type { AgentConfig } from '../config.ts';
import type { Logger } from '../../runtime/logger.ts';
import type { PhoneCaller } from './phone-caller.ts';

const MOST_TRIES_A_CALL = 2;
/** Seconds that the other telephone may ring. */
const RINGING_TIMEOUT = 30;

export interface TransferOptions {
  config: Pick<AgentConfig, 'LIVEKIT_URL' | 'LIVEKIT_API_KEY' | 'LIVEKIT_API_SECRET'>;
  caller: PhoneCaller;
  roomName: string;
  /** E.164 or a SIP address; of the agent's row, never of the model. */
  transferTo: string;
  logger: Logger;
}

/** Hands one phone call to a person: the trunk is asked to call them (SIP REFER, RFC 3515). */
export class Transfer {
  readonly #options: TransferOptions;
  #isDone = false;
  #tries = 0;
  #wasToldToAnnounce = false;

  constructor(options: TransferOptions) {
    this.#options = options;
  }

  /** Whether the caller was handed over. */
  get isDone(): boolean {
    return this.#isDone;
  }

  /** Whether the model is to be told, once in a call, that the caller must hear of it first. */
  tellToAnnounce(): boolean {
    const isFirst = !this.#wasToldToAnnounce;
    this.#wasToldToAnnounce = true;
    return isFirst;
  }

  /** @returns whether the person was reached; why not is in the log. Two tries a call. */
  async run(): Promise<boolean> {
    this.#tries += 1;
    if (this.#tries > MOST_TRIES_A_CALL) return false;
    const { config, caller, roomName, logger } = this.#options;
    const client = new SipClient(
      config.LIVEKIT_URL,
      config.LIVEKIT_API_KEY,
      config.LIVEKIT_API_SECRET,
    );
    try {
      await client.transferSipParticipant(
        roomName,
        caller.identity,
        toAddress(this.#options.transferTo),
        // Otherwise the caller hears nothing while it rings.
        { playDialtone: true, ringingTimeout: RINGING_TIMEOUT },
      );
    } catch (error) {
      const sipStatus = error instanceof SipCallError ? error.sipStatusCode : undefined;
      logger.warn(
        { sipStatus, reason: error instanceof Error ? error.name : 'unknown' },
        "the transfer failed: allow REFER (call transfer) on the trunk, and check the agent's transfer_to",
      );
      return false;
    }
    this.#isDone = true;
    return true;
  }
}

function toAddress(transferTo: string): string {
  if (transferTo.startsWith('+')) return `tel:${transferTo}`;
  return /^(sips?|tel):/.test(transferTo) ? transferTo : `sip:${transferTo}`;
}
