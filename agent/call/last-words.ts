import type { RecordedName } from '../prepared/sentences.ts';
import type { Transfer } from '../line/transfer.ts';
import type { OpenCall } from './open-call.ts';

/** What a business reads of a caller whom nobody could serve to the end. */
const MESSAGE = 'The assistant failed in the middle of this call. Please call back.';

export interface LastWordsOptions {
  call: Pick<OpenCall, 'desk' | 'messages' | 'numbers' | 'logger'>;
  /** Whether a change is under way, or its answer was not heard. */
  isChanging: boolean;
  /** Null where there is nobody to be put through to. */
  transfer: Pick<Transfer, 'run'> | null;
  /** Says a recorded sentence. */
  say: (name: RecordedName) => Promise<void>;
}

/**
 * What is said to a caller, and done for them, when nobody can speak with them any more in the middle of a call:
 * they are put through where there is somebody, else told what became of what they wanted, else a message
 * says that they called, where the line has their number.
 */
export async function sayLastWords(options: LastWordsOptions): Promise<void> {
  const { call, isChanging, transfer, say } = options;
  if (transfer && !isChanging) {
    await say('putting-through');
    if (await transfer.run()) return;
  }
  const status = call.desk?.appointment?.status;
  if (status === 'booked' || status === 'rescheduled' || status === 'cancelled') {
    await say('change-stands');
  } else if (isChanging || status === 'unconfirmed') {
    await say('change-open');
  } else {
    await say((await leaveMessage(call)) ? 'message-taken' : 'out-of-order');
  }
}

/** @returns whether the business will know that they called */
async function leaveMessage({
  numbers,
  messages,
  logger,
}: LastWordsOptions['call']): Promise<boolean> {
  if (numbers.caller === null) return false;
  try {
    await messages.take({ name: null, callbackNumber: 'caller', text: MESSAGE });
    return true;
  } catch (error) {
    logger.error({ err: error }, 'could not leave a message of a caller who was cut off');
    return false;
  }
}
