import type { voice } from '@livekit/agents';
import { within } from '../../runtime/within.ts';
import type { Logger } from '../../runtime/logger.ts';
import { interrupt } from '../model/interrupt.ts';
import { sayExactly } from '../model/prompt.ts';
import type { Replies } from '../model/replies.ts';

const MINUTE = 60_000;
const ALMOST_OVER = 'This call can last one more minute.';
const SOON_OVER = 'This call can last less than a minute more.';
const OVER =
  'I am sorry, this call has reached its longest time. Please call again if you need more. Goodbye.';
/** Milliseconds. */
const GOODBYE_DEADLINE = 15_000;

export interface EndInTimeOptions {
  session: Pick<voice.AgentSession, 'generateReply' | 'interrupt'>;
  replies: Pick<Replies, 'say'>;
  /** Milliseconds from now on. */
  longestCall: number;
  logger: Logger;
  /** The goodbye begins. */
  onGoodbye: () => void;
  onHangUp: (reason: string) => void;
}

/**
 * Tells a caller that the call is almost as long as it may be, and then says goodbye and hangs up.
 * @returns a function that stops the watch
 */
export function endInTime(options: EndInTimeOptions): () => void {
  const { session, replies, longestCall, logger } = options;
  return limitLength(longestCall, {
    onWarning: () => {
      const sentence = longestCall < 2 * MINUTE ? SOON_OVER : ALMOST_OVER;
      replies.say({ instructions: sayExactly(sentence) });
    },
    onEnd: () => {
      options.onGoodbye();
      sayGoodbye(session)
        .catch((error: unknown) => logger.warn({ err: error }, 'could not say goodbye'))
        .finally(() => options.onHangUp('The call reached its longest time.'));
    },
  });
}

/**
 * Warns a minute before a call is as long as it may be, then ends it.
 *
 * @param milliseconds from now on; of a call of up to two minutes the warning comes after half
 * @returns a function that stops the watch
 */
export function limitLength(
  milliseconds: number,
  { onWarning, onEnd }: { onWarning: () => void; onEnd: () => void },
): () => void {
  const timers = [
    setTimeout(onWarning, Math.max(milliseconds - MINUTE, milliseconds / 2)),
    setTimeout(onEnd, milliseconds),
  ];
  return () => {
    for (const timer of timers) clearTimeout(timer);
  };
}

async function sayGoodbye(session: EndInTimeOptions['session']): Promise<void> {
  interrupt(session);
  const speech = session.generateReply({ instructions: sayExactly(OVER) });
  await within(GOODBYE_DEADLINE, speech.waitForPlayout());
}
