import { AudioStream, ParticipantKind, RoomEvent, TrackKind } from '@livekit/rtc-node';
import type {
  AudioFrame,
  AudioSource,
  LocalTrackPublication,
  RemoteParticipant,
  RemoteTrack,
  Room,
} from '@livekit/rtc-node';
import { RECORDING_RATE } from '../../calls/recordings/wave-format.ts';
import type { CallRecording } from './call-recording.ts';

/** Milliseconds of the caller's sound that come at once: the less often, the less it costs. */
const PIECE = 100;

/**
 * Hands a recording what is said in a room: the caller's sound from a stream of its own, and the agent's
 * where it is given to the line, with how long it waits there; what is taken back from there was not heard.
 *
 * @param caller the identity of who calls by phone; on the web it is whoever is no agent
 * @returns stops it
 */
export function followRoom(
  room: Room,
  caller: string | null,
  recording: CallRecording,
): () => void {
  const ears = new Set<ReadableStreamDefaultReader<AudioFrame>>();
  const sources: TappedSource[] = [];
  const onTrack = (track: RemoteTrack, _: unknown, participant: RemoteParticipant): void => {
    const isCaller =
      caller === null
        ? participant.kind === ParticipantKind.STANDARD
        : participant.identity === caller;
    if (isCaller && track.kind === TrackKind.KIND_AUDIO) void listen(track, ears, recording);
  };
  const onPublished = (publication: LocalTrackPublication): void => {
    const source = publication.track && (Reflect.get(publication.track, 'source') as unknown);
    if (source) sources.push(tap(source as AudioSource, recording));
  };
  room.on(RoomEvent.TrackSubscribed, onTrack);
  room.on(RoomEvent.LocalTrackPublished, onPublished);
  for (const participant of room.remoteParticipants.values()) {
    for (const publication of participant.trackPublications.values()) {
      if (publication.track) onTrack(publication.track, publication, participant);
    }
  }
  for (const publication of room.localParticipant?.trackPublications.values() ?? []) {
    onPublished(publication);
  }
  return () => {
    room.off(RoomEvent.TrackSubscribed, onTrack);
    room.off(RoomEvent.LocalTrackPublished, onPublished);
    for (const ear of ears) void ear.cancel().catch(() => {});
    for (const source of sources) source.release();
  };
}

async function listen(
  track: RemoteTrack,
  ears: Set<ReadableStreamDefaultReader<AudioFrame>>,
  recording: CallRecording,
): Promise<void> {
  const options = { sampleRate: RECORDING_RATE, numChannels: 1, frameSizeMs: PIECE };
  const ear = new AudioStream(track, options).getReader();
  ears.add(ear);
  try {
    for (;;) {
      const { value: frame } = await ear.read();
      if (!frame) return;
      recording.callerSaid(frame);
    }
  } catch {
    // The track is gone.
  } finally {
    ears.delete(ear);
  }
}

interface TappedSource {
  release: () => void;
}

/** The framework takes its own sources into use: what goes in and out of one is seen at its methods. */
function tap(source: AudioSource, recording: CallRecording): TappedSource {
  const captureFrame = source.captureFrame.bind(source);
  const clearQueue = source.clearQueue.bind(source);
  source.captureFrame = (frame) => {
    recording.agentPlays(frame, source.queuedDuration);
    return captureFrame(frame);
  };
  source.clearQueue = () => {
    recording.agentStops();
    clearQueue();
  };
  return {
    release: () => {
      source.captureFrame = captureFrame;
      source.clearQueue = clearQueue;
    },
  };
}
