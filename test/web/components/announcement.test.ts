import { describe, expect, it } from 'vitest';

import { callState, IDLE_CALL, type CallSnapshot } from '../../../web/call/call-snapshot.ts';
import { announcement } from '../../../web/components/announcement.ts';
import { exampleAppointment, exampleSlots, exampleView } from '../example-view.ts';

const view = exampleView;

function said(change: Partial<CallSnapshot>): string {
  const snapshot: CallSnapshot = {
    ...IDLE_CALL,
    phase: 'live',
    activity: 'listening',
    microphone: 'on',
    ...change,
  };
  return announcement(callState(snapshot), snapshot);
}

describe('what a screen reader is told', () => {
  it('names the state and what to do', () => {
    expect(said({})).toBe('Listening. Go ahead, just talk');
    expect(said({ microphone: 'muted' })).toBe('Listening. You are muted');
    expect(said({ activity: 'thinking' })).toBe('Thinking');
    expect(said({ phase: 'ended' })).toBe('Call ended');
  });

  it('leaves out what was said', () => {
    const line = { id: '1', role: 'agent', text: 'Which day?', final: true } as const;
    const transcript = [{ ...line, typed: false, undelivered: false }];
    expect(said({ transcript, activity: 'speaking' })).toBe('Speaking');
  });

  it('counts the times on offer, and names the one that was chosen', () => {
    const [first, second] = exampleSlots;
    const offer = { message: null, slots: [first, second] };
    expect(said({ view: { ...view, offer } })).toContain('2 times on offer');
    const chosen = { message: null, slots: [first, { ...second, isChosen: true }] };
    expect(said({ view: { ...view, offer: chosen } })).toContain(
      'Chosen: Tuesday, November 24 at 2:30 PM',
    );
  });

  it('reads a booking, and does not call an unconfirmed one booked', () => {
    const appointment = exampleAppointment;
    expect(
      said({ view: { ...view, appointment: { ...appointment, status: 'booked' } } }),
    ).toContain('Booked: Tuesday, November 24 at 2:30 PM');
    expect(
      said({ view: { ...view, appointment: { ...appointment, status: 'unconfirmed' } } }),
    ).not.toMatch(/booked/i);
  });

  it('says that the line is being mended, and why a call failed', () => {
    expect(said({ reconnecting: true })).toBe('Connection lost. Reconnecting.');
    expect(said({ phase: 'failed', failure: { kind: 'no-agent' } })).toBe('Nobody picked up');
  });

  it('keeps quiet before the call', () => {
    expect(said({ phase: 'idle', microphone: 'off' })).toBe('');
  });
});
