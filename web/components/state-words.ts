import type { CallSnapshot, CallState } from '../call/call-snapshot.ts';
import { isMicrophoneProblem } from '../call/microphone-problem.ts';

/** The state of the call as the visitor reads it. */
const STATE_WORDS: Record<CallState, string> = {
  idle: 'Ready when you are',
  connecting: 'Connecting',
  listening: 'Listening',
  thinking: 'Thinking',
  speaking: 'Speaking',
  ended: 'Call ended',
  failed: 'No call',
};

/** The same, where the snapshot knows better than the state alone. */
export function stateWord(state: CallState, { reconnecting, microphone }: CallSnapshot): string {
  if (reconnecting) return 'Reconnecting';
  if (state === 'idle' && isMicrophoneProblem(microphone)) return 'Waiting for a microphone';
  return STATE_WORDS[state];
}

/** A word of help under the state; empty where the state says enough. */
export function stateHint(state: CallState, snapshot: CallSnapshot): string {
  if (snapshot.reconnecting) return '';
  if (state === 'connecting' && snapshot.microphone === 'asking') {
    return 'Allow the microphone in your browser to go on.';
  }
  if (state === 'listening') {
    switch (snapshot.microphone) {
      case 'on':
        return 'Go ahead, just talk.';
      case 'muted':
        return 'You are muted.';
      default:
        return 'Type your message.';
    }
  }
  return '';
}
