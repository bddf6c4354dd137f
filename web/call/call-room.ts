import {
  ConnectionState,
  RoomEvent,
  Track,
  type DisconnectReason,
  type LocalAudioTrack,
  type Participant,
  type RemoteAudioTrack,
  type RemoteParticipant,
  type Room,
} from 'livekit-client';

import { CALL_VIEW_TOPIC, PAGE_ACTION_METHOD } from '../../calls/call-view.ts';
import type { CallView, PageAction, PageAnswer } from '../../calls/call-view.ts';
import { agentActivity, type AgentActivity } from './call-snapshot.ts';
import { parseCallView, parsePageAnswer } from './call-view.ts';
import type { TranscriptSegment } from './transcript.ts';

const TRANSCRIPTION_TOPIC = 'lk.transcription';
const AGENT_STATE = 'lk.agent.state';
const ASK_EVERY_MS = 1500;
const ASK_TIMES = 6;
/** A visitor who hears nothing of a tap by then taps again. */
const ACTION_WAIT_MS = 6000;

/** What happens in the room, in the words of a call. */
export interface CallRoomListener {
  agentHere(): void;
  /** What the agent does; `connecting` while it still prepares. */
  activity(activity: AgentActivity): void;
  agentTrack(track: RemoteAudioTrack | null): void;
  /** Also while the line is cut: livekit-client forgets everybody before it meets them again. */
  agentLeft(): void;
  view(view: CallView): void;
  segment(segment: TranscriptSegment): void;
  reconnecting(reconnecting: boolean): void;
  soundBlocked(blocked: boolean): void;
  microphoneTrack(track: LocalAudioTrack | null): void;
  microphoneMuted(muted: boolean): void;
  /** Nothing follows this one. */
  disconnected(reason: DisconnectReason | undefined): void;
}

/** A room that is listened to. */
export interface WatchedRoom {
  /** Looks who was there before us. */
  seeAgent: () => void;
  /** Does something with the agent; null where nobody knows what became of it. */
  act: (action: PageAction) => Promise<PageAnswer | null>;
}

/** Listens to a room that is about to connect. */
export function watchCallRoom(room: Room, listener: CallRoomListener): WatchedRoom {
  let agentIdentity: string | null = null;
  let asking: ReturnType<typeof setInterval> | undefined;

  function meetAgent(participant: RemoteParticipant): void {
    if (!participant.isAgent) return;
    agentIdentity = participant.identity;
    listener.agentHere();
    listener.activity(agentActivity(participant.attributes[AGENT_STATE]));
  }

  /** What a quick participant sends arrives before the news that it has joined. */
  async function meet(identity: string): Promise<RemoteParticipant> {
    const known = room.remoteParticipants.get(identity);
    if (known) return known;
    return new Promise((resolve) => {
      const look = (participant: RemoteParticipant): void => {
        if (participant.identity !== identity) return;
        room.off(RoomEvent.ParticipantConnected, look);
        resolve(participant);
      };
      room.on(RoomEvent.ParticipantConnected, look);
    });
  }

  async function askForView(): Promise<boolean> {
    if (agentIdentity === null) return false;
    try {
      const answer = await room.localParticipant.performRpc({
        destinationIdentity: agentIdentity,
        method: CALL_VIEW_TOPIC,
        payload: '',
      });
      const view = parseCallView(answer);
      if (view) listener.view(view);
      return view !== null;
    } catch {
      return false;
    }
  }

  /**
   * Right after a cut a question can be lost without an error, and livekit-client waits seven
   * seconds for its receipt: asking again meanwhile costs nothing, the first answer counts.
   */
  function askUntilAnswered(): void {
    clearInterval(asking);
    let left = ASK_TIMES;
    const ask = async () => {
      left -= 1;
      if (left === 0) clearInterval(asking);
      if (await askForView()) clearInterval(asking);
    };
    asking = setInterval(() => void ask(), ASK_EVERY_MS);
    void ask();
  }

  room.registerTextStreamHandler(CALL_VIEW_TOPIC, (reader, sender) => {
    async function read(): Promise<void> {
      const view = parseCallView(await reader.readAll());
      // Only the agent may show a view: any other participant could invent an appointment.
      if (view && (await meet(sender.identity)).isAgent) listener.view(view);
    }
    void read().catch(ignoreCutStream);
  });

  room.registerTextStreamHandler(TRANSCRIPTION_TOPIC, (reader, sender) => {
    const attributes = reader.info.attributes ?? {};
    const role = sender.identity === room.localParticipant.identity ? 'caller' : 'agent';
    const id = attributes['lk.segment_id'] ?? reader.info.id;
    const final = attributes['lk.transcription_final'] === 'true';
    async function read(): Promise<void> {
      let text = '';
      try {
        for await (const chunk of reader) {
          text += chunk;
          listener.segment({ id, role, text, final });
        }
      } finally {
        // The agent's turn is one stream, so its end is the turn's; a cut one ends it as well.
        if (role === 'agent' && !final) listener.segment({ id, role, text, final: true });
      }
    }
    void read().catch(ignoreCutStream);
  });

  room
    .on(RoomEvent.ParticipantConnected, meetAgent)
    .on(RoomEvent.ParticipantAttributesChanged, (changed, participant: Participant) => {
      if (!participant.isAgent || !(AGENT_STATE in changed)) return;
      listener.activity(agentActivity(participant.attributes[AGENT_STATE]));
    })
    .on(RoomEvent.ParticipantDisconnected, (participant) => {
      if (participant.identity === agentIdentity) listener.agentLeft();
    })
    .on(RoomEvent.TrackSubscribed, (track, _publication, participant) => {
      if (participant.isAgent && track.kind === Track.Kind.Audio) {
        listener.agentTrack(track as RemoteAudioTrack);
      }
    })
    .on(RoomEvent.TrackUnsubscribed, (track, _publication, participant) => {
      if (participant.isAgent && track.kind === Track.Kind.Audio) listener.agentTrack(null);
    })
    .on(RoomEvent.LocalTrackPublished, (publication) => {
      if (publication.source !== Track.Source.Microphone || !publication.audioTrack) return;
      listener.microphoneTrack(publication.audioTrack);
    })
    .on(RoomEvent.LocalTrackUnpublished, (publication) => {
      if (publication.source === Track.Source.Microphone) listener.microphoneTrack(null);
    })
    .on(RoomEvent.TrackMuted, (publication, participant) => {
      if (participant.isLocal && publication.source === Track.Source.Microphone) {
        listener.microphoneMuted(true);
      }
    })
    .on(RoomEvent.TrackUnmuted, (publication, participant) => {
      if (participant.isLocal && publication.source === Track.Source.Microphone) {
        listener.microphoneMuted(false);
      }
    })
    .on(RoomEvent.ConnectionStateChanged, (state) => {
      if (state === ConnectionState.Connected) listener.reconnecting(false);
      else if (
        state === ConnectionState.Reconnecting ||
        state === ConnectionState.SignalReconnecting
      ) {
        listener.reconnecting(true);
      }
    })
    // What was sent while the line was cut is lost, so ask.
    .on(RoomEvent.Reconnected, askUntilAnswered)
    .on(RoomEvent.AudioPlaybackStatusChanged, () => listener.soundBlocked(!room.canPlaybackAudio))
    .on(RoomEvent.Disconnected, (reason) => {
      clearInterval(asking);
      listener.disconnected(reason);
    });

  return {
    seeAgent() {
      for (const participant of room.remoteParticipants.values()) meetAgent(participant);
      // An agent that was here first may have shown its view before this page could see it.
      void askForView();
    },
    async act(action) {
      if (agentIdentity === null) return null;
      try {
        const answer = await room.localParticipant.performRpc({
          destinationIdentity: agentIdentity,
          method: PAGE_ACTION_METHOD,
          payload: JSON.stringify(action),
          responseTimeout: ACTION_WAIT_MS,
        });
        return parsePageAnswer(answer);
      } catch {
        return null;
      }
    },
  };
}

function ignoreCutStream(): void {
  // A stream ends early when the connection drops; the banner already says so.
}
