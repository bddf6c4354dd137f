import { once } from 'node:events';
import { RoomEvent } from '@livekit/rtc-node';
import type { ParticipantKind, Room } from '@livekit/rtc-node';
import type { Language } from '../../calls/languages.ts';
import { within } from '../../runtime/within.ts';
import { sayRecorded } from '../prepared/say-recorded.ts';
import type { RecordedName } from '../prepared/sentences.ts';
import { untilGone } from './until-gone.ts';
import { untilHeard } from './until-heard.ts';

/** Milliseconds for the sentence to be said. */
const DEADLINE = 15_000;
/** Milliseconds for a caller to be in the room: the job comes at the same time. */
const NOBODY_CAME = 2_000;

/** To a caller who cannot be served. */
export interface Apology {
  /** Null for the usual one. */
  name: RecordedName | null;
  language: Language;
  /** Who is spoken to; everybody unless given. */
  kinds?: ParticipantKind[];
}

/**
 * Tells a caller who cannot be served that this is so, from a recording; nobody is left in silence,
 * whatever is out of order.
 * @throws {TimeoutError} the sentence was not said in time
 */
export async function apologise(room: Room, apology: Apology): Promise<void> {
  const isAlone = (): boolean =>
    ![...room.remoteParticipants.values()].some(
      ({ kind }) => apology.kinds?.includes(kind) ?? true,
    );
  if (isAlone()) {
    const signal = AbortSignal.timeout(NOBODY_CAME);
    await once(room, RoomEvent.ParticipantConnected, { signal }).catch(() => {});
  }
  if (isAlone()) return;
  const gone = untilGone(room, isAlone);
  const { name, language } = apology;
  await within(DEADLINE, sayRecorded(room, { name: name ?? 'out-of-order', language }, gone));
  await untilHeard(!isAlone());
}
