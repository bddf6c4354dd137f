import type { Database } from '../../db/database.ts';
import { insertMessageTaken } from '../../db/messages/messages-taken.ts';
import { withoutInvisible } from '../../runtime/given/invisible-characters.ts';
import { readPhoneNumber } from '../../runtime/given/phone-number.ts';
import { saidText } from '../../runtime/given/said-text.ts';
import { BookingError } from '../booking-error.ts';
import { resolveNumber } from './resolve-number.ts';
import type { SpokenLanguage } from '../languages/spoken-language.ts';
import type { LineNumbers } from '../../calls/line-numbers.ts';

const MOST_MESSAGES_A_CALL = 3;
const LONGEST_NAME = 100;
const LONGEST_TEXT = 1_000;

export interface MessageRequest {
  name: string | null;
  /** E.164, or "caller" for the number of the line. */
  callbackNumber: string | null;
  text: string;
  /** It cannot wait; false unless given. */
  isUrgent?: boolean;
  /** It is worth nothing without a number to call back; false unless given. */
  mustReach?: boolean;
}

export interface MessagePadOptions {
  db: Database;
  organizationId: string;
  agentId: string;
  callId: string;
  numbers: LineNumbers;
  /** What is spoken in the call. */
  language: SpokenLanguage;
}

/** The messages that one call leaves for the business. */
export class MessagePad {
  readonly #options: MessagePadOptions;
  #taken = 0;

  constructor(options: MessagePadOptions) {
    this.#options = options;
  }

  /** How many were taken in this call. */
  get taken(): number {
    return this.#taken;
  }

  /**
   * Writes a message down for the business.
   * @throws {BookingError} nothing was written then
   */
  async take(request: MessageRequest): Promise<{ status: 'taken'; message: string }> {
    const { db, organizationId, agentId, callId, numbers } = this.#options;
    const text = saidText(request.text, LONGEST_TEXT);
    if (text === '') {
      throw new BookingError('message-refused', 'The message is empty. Ask the caller what it is.');
    }
    const callbackNumber = resolveNumber(request.callbackNumber, numbers);
    const read = callbackNumber === null ? null : readPhoneNumber(callbackNumber);
    const isRight = read?.isInUse === true && read.extension === null;
    // The line's own number is a fact, whatever the tables of numbers say of it.
    if (callbackNumber !== null && callbackNumber !== numbers.caller && !isRight) {
      throw new BookingError(
        'message-refused',
        'The phone number cannot be right. Please ask the caller for it again.',
      );
    }
    if (request.mustReach === true && (callbackNumber ?? numbers.caller) === null) {
      throw new BookingError(
        'message-refused',
        'Nobody could call back: ask the caller for a number.',
      );
    }
    if (this.#taken >= MOST_MESSAGES_A_CALL) {
      throw new BookingError('message-refused', 'No more messages can be taken in this call.');
    }
    this.#taken += 1;
    try {
      await insertMessageTaken(db, {
        organizationId,
        agentId,
        callId,
        callerName: saidText(withoutInvisible(request.name ?? ''), LONGEST_NAME) || null,
        callbackNumber: callbackNumber ?? numbers.caller,
        email: null,
        text,
        urgent: request.isUrgent ?? false,
      });
    } catch (error) {
      this.#taken -= 1;
      throw error;
    }
    const { messages } = this.#options.language.sentences;
    const message = request.isUrgent === true ? messages.takenAsUrgent : messages.taken;
    return { status: 'taken', message };
  }
}
