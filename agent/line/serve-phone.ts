import { voice } from '@livekit/agents';
import { RoomEvent } from '@livekit/rtc-node';
import type { RemoteParticipant, Room } from '@livekit/rtc-node';
import type { Replies } from '../model/replies.ts';
import { KeyCollector } from './keys.ts';
import type { ExpectedKeys } from './keys.ts';
import type { PhoneCaller } from './phone-caller.ts';
import { sayExactly } from '../model/prompt.ts';
import { keysMessage } from '../../calls/done-by-hand.ts';
import type { KeyedSecrets } from '../../calls/keyed-secrets.ts';

export interface ServePhoneOptions {
  room: Room;
  session: voice.AgentSession;
  replies: Replies;
  caller: PhoneCaller;
  secrets: KeyedSecrets;
  /** The caller pressed a key. */
  onPresence: () => void;
}

export interface PhoneService {
  expectKeys: (expected: ExpectedKeys) => void;
  stop: () => void;
}

/** What a phone has and a page has not: keys. Until the session runs nothing is answered. */
export function servePhone(options: ServePhoneOptions): PhoneService {
  const { room, session, replies, caller, secrets } = options;
  const keys = new KeyCollector({
    onBegin: () => replies.quiet(),
    onKeys: (pressed, purpose, whole) => {
      if (purpose === 'secret') {
        secrets.add(pressed);
        secrets.add(whole);
      }
      replies.say({ userInput: keysMessage(pressed) });
    },
    onRepeat: () => {
      const repeat = async (): Promise<void> => {
        await whenQuiet(session);
        const words = lastWords(session);
        if (words !== null) replies.say({ instructions: sayExactly(words) });
      };
      void repeat();
    },
  });
  const onKey = (_code: number, digit: string, participant?: RemoteParticipant): void => {
    if (participant?.identity !== caller.identity) return;
    options.onPresence();
    keys.press(digit);
  };
  room.on(RoomEvent.DtmfReceived, onKey);
  return {
    expectKeys: (expected) => keys.expect(expected),
    stop: () => {
      room.off(RoomEvent.DtmfReceived, onKey);
      keys.stop();
    },
  };
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
