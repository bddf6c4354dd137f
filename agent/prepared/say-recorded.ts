import { randomUUID } from 'node:crypto';
import { AudioSource, LocalAudioTrack, TrackPublishOptions, TrackSource } from '@livekit/rtc-node';
import type { Room } from '@livekit/rtc-node';
import type { Language } from '../../calls/languages.ts';
import { settledWithin } from '../../runtime/within.ts';
import { FRAME_LENGTH, RATE, readRecording } from './recording.ts';
import type { RecordedName } from './sentences.ts';

/** Milliseconds for the line to be heard: a telephone stops ringing only then. */
const HEARD_DEADLINE = 2_000;
/** Milliseconds beyond what a sentence takes. */
const SLACK = 1_500;
const TRANSCRIPTION_TOPIC = 'lk.transcription';

/** What a room is spoken into with. */
export type SpokenRoom = Pick<Room, 'localParticipant'>;

/**
 * Says a recorded sentence on a track of its own: no model is needed, and none is paid for. Resolves when
 * it has been played, or when nobody listens any more.
 *
 * @param gone resolves when nobody listens any more
 */
export async function sayRecorded(
  room: SpokenRoom,
  { name, language }: { name: RecordedName; language: Language },
  gone: Promise<unknown> = new Promise(() => {}),
): Promise<void> {
  const speaker = room.localParticipant;
  if (!speaker) return;
  const { sentence, frames } = await readRecording(name, language);
  const source = new AudioSource(RATE, 1);
  const track = LocalAudioTrack.createAudioTrack('recorded', source);
  const options = new TrackPublishOptions({ source: TrackSource.SOURCE_MICROPHONE });
  const publication = await speaker.publishTrack(track, options);
  const length = frames.length * FRAME_LENGTH;
  let isOver = false;
  const play = async (): Promise<void> => {
    await settledWithin(HEARD_DEADLINE, publication.waitForSubscription());
    const written = speaker.sendText(sentence, {
      topic: TRANSCRIPTION_TOPIC,
      attributes: {
        'lk.segment_id': randomUUID(),
        'lk.transcription_final': 'true',
        'lk.transcribed_track_id': publication.sid ?? '',
      },
    });
    await settledWithin(SLACK, written);
    for (const frame of frames) {
      if (isOver) return;
      await source.captureFrame(frame);
    }
    await source.waitForPlayout();
  };
  try {
    // A source that does not tell the end of what it plays holds nobody up.
    await settledWithin(HEARD_DEADLINE + length + SLACK, Promise.race([play(), gone]));
  } finally {
    isOver = true;
    source.clearQueue();
    // Somebody who waits for its first listener waits for ever otherwise.
    publication.resolveFirstSubscription();
    await settledWithin(SLACK, source.close());
  }
}
