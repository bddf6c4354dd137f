import { voice } from '@livekit/agents';
import { RoomEvent } from '@livekit/rtc-node';
import type { RemoteParticipant, Room } from '@livekit/rtc-node';
import type { Logger } from 'pino';
import { limitLength } from './call-length.ts';
import { KeyCollector } from './keys.ts';
import type { ExpectedKeys } from './keys.ts';
import type { PhoneLine } from './line.ts';
import { sayExactly } from './prompt.ts';
import { keysMessage } from './secrets.ts';
import type { Secrets } from './secrets.ts';

const ALMOST_OVER = 'This call can last one more minute.';
const SOON_OVER = 'This call can last less than a minute more.';
const TWO_MINUTES = 120_000;
const OVER =
  'I am sorry, this call has reached its longest time. Please call again if you need more. Goodbye.';
const GOODBYE_DEADLINE = 15_000;

export interface ServePhoneOptions {
  room: Room;
  session: voice.AgentSession;
  phone: PhoneLine;
  secrets: Secrets;
  logger: Logger;
  /** The caller pressed a key. */
  onPresence: () => void;
  onHangUp: (reason: string) => void;
}

export interface PhoneService {
  expectKeys: (expected: ExpectedKeys) => void;
  stop: () => void;
}

/** What a phone has and a page has not: keys, and a longest time. Begins once the session runs. */
export function servePhone(options: ServePhoneOptions): PhoneService {
  const { room, session, phone, secrets, logger, onHangUp } = options;
  const reply = (what: { userInput: string } | { instructions: string }): void => {
    try {
      session.generateReply(what);
    } catch (error) {
      // The session may be closing; nothing thrown here would be caught.
      logger.warn({ err: error }, 'could not answer');
    }
  };
  const keys = new KeyCollector({
    onBegin: () => interrupt(session),
    onKeys: (pressed, purpose) => {
      if (purpose === 'secret') secrets.add(pressed);
      reply({ userInput: keysMessage(pressed) });
    },
    onRepeat: () => {
      const repeat = async (): Promise<void> => {
        await whenQuiet(session);
        const words = lastWords(session);
        if (words !== null) reply({ instructions: sayExactly(words) });
      };
      void repeat();
    },
  });
  const onKey = (_code: number, digit: string, participant?: RemoteParticipant): void => {
    if (participant?.identity !== phone.caller.identity) return;
    options.onPresence();
    keys.press(digit);
  };
  room.on(RoomEvent.DtmfReceived, onKey);
  const stopKeys = (): void => {
    room.off(RoomEvent.DtmfReceived, onKey);
    keys.stop();
  };
  const stopClock = limitLength(phone.longestCall, {
    onWarning: () => {
      const sentence = phone.longestCall < TWO_MINUTES ? SOON_OVER : ALMOST_OVER;
      reply({ instructions: sayExactly(sentence) });
    },
    onEnd: () => {
      // A key would cut the goodbye short.
      stopKeys();
      sayGoodbye(session)
        .catch((error: unknown) => logger.warn({ err: error }, 'could not say goodbye'))
        .finally(() => onHangUp('The call reached its longest time.'));
    },
  });
  return {
    expectKeys: (expected) => keys.expect(expected),
    stop: () => {
      stopKeys();
      stopClock();
    },
  };
}

/** Stops what the agent is saying, unless it must be heard: while it books, for one. */
function interrupt(session: voice.AgentSession): void {
  try {
    session.interrupt();
  } catch {
    // What is said now goes on; the keys are answered after it.
  }
}

/** Resolves once the agent has said what it is saying: half a sentence is not worth repeating. */
async function whenQuiet(session: voice.AgentSession): Promise<void> {
  if (session.agentState !== 'speaking') return;
  const { promise, resolve } = Promise.withResolvers<void>();
  session.once(voice.AgentSessionEventTypes.AgentStateChanged, () => resolve());
  await promise;
}

function lastWords(session: voice.AgentSession): string | null {
  const said = session.history.items.flatMap((item) =>
    item.type === 'message' && item.role === 'assistant' ? [item.textContent ?? ''] : [],
  );
  return said.findLast((text) => text !== '') ?? null;
}

async function sayGoodbye(session: voice.AgentSession): Promise<void> {
  interrupt(session);
  const speech = session.generateReply({ instructions: sayExactly(OVER) });
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, GOODBYE_DEADLINE);
  });
  await Promise.race([speech.waitForPlayout(), late]);
  clearTimeout(timer);
}
