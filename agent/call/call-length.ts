import type { voice } from '@livekit/agents';
import { within } from '../../runtime/within.ts';
import type { Logger } from '../../runtime/logger.ts';
import { sayInTheirLanguage } from '../model/prompt.ts';
import type { Replies } from '../model/replies.ts';
import type { SpokenLanguage } from '../../booking/languages/spoken-language.ts';
import { untilQuiet } from './until-quiet.ts';

const MINUTE = 60_000;
/** Milliseconds for which the warning waits for a sentence, or a tool, to end. */
const WARNING_PATIENCE = 30_000;
/** The same of the goodbye. */
const GOODBYE_PATIENCE = 20_000;
/** Milliseconds more for a booking that is under way: nobody is hung up on between choice and answer. */
const BOOKING_PATIENCE = 60_000;
/** Milliseconds. */
const GOODBYE_DEADLINE = 15_000;

export interface EndInTimeOptions {
  session: Pick<voice.AgentSession, 'agentState' | 'generateReply' | 'userState'>;
  replies: Pick<Replies, 'say'>;
  /** Of the call, whichever it comes to. */
  language: Pick<SpokenLanguage, 'sentences'>;
  /** Milliseconds from now on. */
  longestCall: number;
  /** Whether a tool is running, or its answer has not been heard. */
  isBusy: () => boolean;
  /** Whether times were offered, and nothing has come of them yet. */
  isBooking: () => boolean;
  logger: Logger;
  /** The goodbye begins. */
  onGoodbye: () => void;
  onHangUp: (reason: string) => void;
}

/**
 * Tells a caller that the call is almost as long as it may be, and then says goodbye and hangs up: in the
 * middle of no sentence and of no tool. A booking that is under way has a minute more.
 * @returns a function that stops the watch
 */
export function endInTime(options: EndInTimeOptions): () => void {
  const { longestCall, logger } = options;
  const stopped = new AbortController();
  const { signal } = stopped;
  const unlessStopped = (error: unknown): void => {
    if (!signal.aborted) logger.warn({ err: error }, 'could not say how long the call may last');
  };
  const stop = limitLength(longestCall, {
    onWarning: () => void warn(options, signal).catch(unlessStopped),
    onEnd: () => void end(options, signal).catch(unlessStopped),
  });
  return () => {
    stop();
    stopped.abort();
  };
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

async function warn(options: EndInTimeOptions, signal: AbortSignal): Promise<void> {
  const { session, isBusy, replies, longestCall, language } = options;
  const patience = Math.min(WARNING_PATIENCE, longestCall / 4);
  await untilQuiet({ session, isBusy, deadline: patience, signal });
  const { minuteLeft, lessThanMinuteLeft } = language.sentences.call;
  const sentence = longestCall < 2 * MINUTE ? lessThanMinuteLeft : minuteLeft;
  replies.say({ instructions: sayInTheirLanguage(sentence) });
}

async function end(options: EndInTimeOptions, signal: AbortSignal): Promise<void> {
  const { session, isBusy, isBooking, logger } = options;
  const isOpen = (): boolean => isBusy() || isBooking();
  const wasOpen = isOpen();
  const isQuiet = await untilQuiet({
    session,
    isBusy: wasOpen ? isOpen : isBusy,
    deadline: wasOpen ? BOOKING_PATIENCE : GOODBYE_PATIENCE,
    signal,
  });
  // A caller who did not choose after all is in the middle of a sentence, perhaps.
  if (!isQuiet && wasOpen) {
    await untilQuiet({ session, isBusy, deadline: GOODBYE_PATIENCE, signal });
  }
  options.onGoodbye();
  await sayGoodbye(options).catch((error: unknown) =>
    logger.warn({ err: error }, 'could not say goodbye'),
  );
  options.onHangUp('The call reached its longest time.');
}

async function sayGoodbye({ session, language }: EndInTimeOptions): Promise<void> {
  const instructions = sayInTheirLanguage(language.sentences.call.timeIsOver);
  const speech = session.generateReply({ instructions });
  // Refused by the framework where it is asked for at once.
  speech.allowInterruptions = false;
  await within(GOODBYE_DEADLINE, speech.waitForPlayout());
}
