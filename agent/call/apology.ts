import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { voice } from '@livekit/agents';
import { RoomEvent } from '@livekit/rtc-node';
import type { ParticipantKind, Room } from '@livekit/rtc-node';
import { within } from '../../runtime/within.ts';
import type { AgentConfig } from '../config.ts';
import { sayExactly } from '../model/prompt.ts';
import { releaseTrack } from './release-track.ts';
import { openSession } from './session.ts';
import { startSession } from './start-session.ts';

/** Milliseconds for the sentence to be said. */
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
 * @throws {TimeoutError} the sentence was not said in time
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
  const gone = Promise.withResolvers<void>();
  room.on(RoomEvent.ParticipantDisconnected, () => {
    if (isAlone()) gone.resolve();
  });
  const session = openSession(config, {
    model: config.OPENAI_REALTIME_MODEL,
    transcriptionModel: config.OPENAI_TRANSCRIPTION_MODEL,
    voice: 'marin',
    language: 'en',
    onUnreachable: () => gone.resolve(),
    onUnreadable: () => {},
  });
  session.once(voice.AgentSessionEventTypes.Close, () => gone.resolve());
  try {
    await within(DEADLINE, Promise.race([say(session, room, apology), gone.promise]));
    // The last words are still on their way to a telephone.
    if (apology.kinds && !isAlone()) await pause(LAST_WORDS);
  } finally {
    releaseTrack(room);
    await session.close();
  }
}

async function say(session: voice.AgentSession, room: Room, apology: Apology): Promise<void> {
  await startSession(session, {
    agent: new voice.Agent({ instructions: 'You apologise for a line that does not work.' }),
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
  await speech.waitForPlayout();
}
