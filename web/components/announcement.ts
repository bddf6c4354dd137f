import type { CallSnapshot, CallState } from '../call/call-snapshot.ts';
import { appointmentWords } from './appointment-words.ts';
import { failureWords } from './failure-words.ts';
import { stateHint, stateWord } from './state-words.ts';

/** What a screen reader says of the call as it stands: the state, and what is new on the page. */
export function announcement(state: CallState, snapshot: CallSnapshot): string {
  if (snapshot.reconnecting) return 'Connection lost. Reconnecting.';
  if (state === 'failed' && snapshot.failure) return failureWords(snapshot.failure).title;
  // Before the call, the page itself is being read.
  if (state === 'idle') return snapshot.microphone === 'off' ? '' : 'No microphone.';
  const { view } = snapshot;
  const parts = [stateWord(state, snapshot), stateHint(state, snapshot)].filter(Boolean);
  if (view?.appointment) {
    const { status, label } = view.appointment;
    parts.push(`${appointmentWords(status).announced}: ${label}`);
  }
  if (view?.offer && (state === 'listening' || state === 'speaking')) {
    const { slots } = view.offer;
    const chosen = slots.find(({ isChosen }) => isChosen);
    if (chosen) parts.push(`Chosen: ${chosen.label}`);
    else if (slots.length === 1) parts.push('1 time on offer.');
    else if (slots.length > 1) parts.push(`${slots.length} times on offer.`);
  }
  return parts.map((part) => part.replace(/\.$/, '')).join('. ');
}
