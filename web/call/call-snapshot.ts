import type { LocalAudioTrack, RemoteAudioTrack, Room } from 'livekit-client';

import type { CallView } from '../../calls/call-view.ts';
import type { AgentInfo } from '../token-server.ts';
import type { CallFailure } from './call-failure.ts';
import type { MicrophoneProblem } from './microphone-problem.ts';
import type { TranscriptLine } from './transcript.ts';

/** What the agent is doing, as its `lk.agent.state` attribute says. */
export type AgentActivity = 'connecting' | 'listening' | 'thinking' | 'speaking';

/**
 * The visitor's microphone: `off` when none was asked for (typing only), `asking` while the
 * browser's question is open.
 */
export type MicrophoneState = 'off' | 'asking' | 'on' | 'muted' | MicrophoneProblem;

/** Everything the page shows, replaced as a whole at each change. */
export interface CallSnapshot {
  phase: 'idle' | 'connecting' | 'live' | 'ended' | 'failed';
  activity: AgentActivity;
  reconnecting: boolean;
  microphone: MicrophoneState;
  failure: CallFailure | null;
  /** As the token server named it when the call began. */
  agent: AgentInfo | null;
  view: CallView | null;
  transcript: readonly TranscriptLine[];
  /** The browser wants a click before it plays sound. */
  soundBlocked: boolean;
  room: Room | null;
  microphoneTrack: LocalAudioTrack | null;
  agentTrack: RemoteAudioTrack | null;
}

export const IDLE_CALL: CallSnapshot = {
  phase: 'idle',
  activity: 'connecting',
  reconnecting: false,
  microphone: 'off',
  failure: null,
  agent: null,
  view: null,
  transcript: [],
  soundBlocked: false,
  room: null,
  microphoneTrack: null,
  agentTrack: null,
};

/** The one word for the state of the call, as shown, announced and put into `data-state`. */
export type CallState = Exclude<CallSnapshot['phase'], 'live'> | AgentActivity;

export function callState(snapshot: CallSnapshot): CallState {
  return snapshot.phase === 'live' ? snapshot.activity : snapshot.phase;
}

/** The worker's `lk.agent.state` in the page's words. */
export function agentActivity(attribute: string | undefined): AgentActivity {
  switch (attribute) {
    case 'listening':
    case 'idle':
      return 'listening';
    case 'thinking':
    case 'speaking':
      return attribute;
    default:
      return 'connecting';
  }
}
