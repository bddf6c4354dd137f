import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { voice } from '@livekit/agents';
import { RoomEvent } from '@livekit/rtc-node';
import type { ParticipantKind, Room } from '@livekit/rtc-node';
import type { AgentConfig } from '../config.ts';
import { sayExactly } from '../model/prompt.ts';
import { releaseTrack } from './release-track.ts';
import { openSession } from './session.ts';
import { startSession } from './start-session.ts';

const DEADLINE = 15_000;
/** Milliseconds for a caller to be in the room: the job comes at the same time. */
const NOBODY_CAME = 2_000;
const LAST_WORDS = 600;
const SENTENCE =
  'I am sorry, this line is not working at the moment. Please try again later. Goodbye.';

/** To a caller who cannot be served. */
export interface Apology {
  /** Null for the usual one. */
  sentence: string | null;
  /** Who is spoken to; everybody unless given. */
  kinds?: ParticipantKind[];
}

/**
 * Tells a caller who cannot be served that this is so; nobody is left in silence. Where nobody is, no
 * session is paid for.
 */
export async function apologise(room: Room, config: AgentConfig, apology: Apology): Promise<void> {
  const isAlone = (): boolean =>
    ![...room.remoteParticipants.values()].some(
      ({ kind }) => apology.kinds?.includes(kind) ?? true,
    );
  if (isAlone()) {
    const signal = AbortSignal.timeout(NOBODY_CAME);
    await once(room, RoomEvent.ParticipantConnected, { signal }).catch(() => {});
  }
  if (isAlone()) return;
  const late = Promise.withResolvers<void>();
  const timer = setTimeout(late.resolve, DEADLINE);
  room.on(RoomEvent.ParticipantDisconnected, () => {
    if (isAlone()) late.resolve();
  });
  try {
    const session = openSession(config, {
      voice: 'marin',
      language: 'en',
      onUnreachable: () => late.resolve(),
    });
    const agent = new voice.Agent({ instructions: 'You apologise for a line that does not work.' });
    session.once(voice.AgentSessionEventTypes.Close, () => late.resolve());
    await startSession(session, {
      agent,
      room,
      inputOptions: {
        // Nobody listens any more: a "hello?" would cut the sentence off, since the model hears turns.
        audioEnabled: false,
        textEnabled: false,
        ...(apology.kinds ? { participantKinds: apology.kinds } : {}),
      },
    });
    const speech = session.generateReply({
      instructions: sayExactly(apology.sentence ?? SENTENCE),
      allowInterruptions: false,
    });
    await Promise.race([speech.waitForPlayout(), late.promise]);
    // The last words are still on their way to a telephone.
    if (apology.kinds && !isAlone()) await pause(LAST_WORDS);
    releaseTrack(room);
    await session.close();
  } finally {
    clearTimeout(timer);
  }
}
