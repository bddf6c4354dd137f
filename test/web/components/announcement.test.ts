import { describe, expect, it } from 'vitest';

import type { CallView } from '../../../calls/call-view.ts';
import { callState, IDLE_CALL, type CallSnapshot } from '../../../web/call/call-snapshot.ts';
import { announcement } from '../../../web/components/announcement.ts';

const view: CallView = {
  v: 1,
  businessName: 'Harbor Street Clinic',
  rehearsal: false,
  state: 'talking',
  timeZone: 'America/New_York',
  offer: null,
  appointment: null,
};
const slot = {
  id: 's',
  label: 'Tuesday, November 24 at 2:30 PM',
  start: '2026-11-24T19:30:00Z',
  end: '2026-11-24T20:00:00Z',
};

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

  it('counts the times on offer', () => {
    const offer = { summary: '', slots: [slot, { ...slot, id: 't' }] };
    expect(said({ view: { ...view, offer } })).toContain('2 times on offer');
  });

  it('reads a booking, and does not call an unconfirmed one booked', () => {
    const appointment = {
      ...slot,
      timeZone: 'America/New_York',
      attendee: { name: 'Mary Smith', email: null, phone: null },
    };
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
