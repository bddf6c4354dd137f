import { describe, expect, it } from 'vitest';

import type { Evidence } from '../../rehearsal/evidence.ts';
import { grade } from '../../rehearsal/grade.ts';
import type { Facts } from '../../rehearsal/grade.ts';
import type { Step } from '../../rehearsal/play.ts';
import { parseScenario } from '../../rehearsal/scenario.ts';

function scenario(expectation: string) {
  return parseScenario(
    `name: a call\nturns: [{hear: greeting}, {say: hello}, {hear: booked}]\nexpect: ${expectation}\n`,
    'a.yaml',
  );
}

function step(number: number, kind: Step['kind'], ok = true): Step {
  return { number, kind, text: '', ok, detail: '', startedAt: 0, endedAt: 0, latency: null };
}

const at = new Date('2026-11-24T19:30:00Z');
const evidence: Evidence = {
  call: { id: 'c', outcome: 'booked', endReason: null, endedAt: at },
  turns: [
    { role: 'agent', text: 'hi', interrupted: false, saidAt: at },
    { role: 'caller', text: 'hello', interrupted: false, saidAt: at },
  ],
  toolCalls: [{ name: 'schedule_appointment', error: null, endedAt: at }],
  intents: [{ state: 'confirmed', startAt: at }],
  appointments: [
    {
      reference: 'r1',
      startAt: at,
      name: 'mary smith',
      email: 'mary.smith@example.com',
      phone: null,
    },
  ],
  calendarBookings: [{ uid: 'r1', startAt: at }],
};
const facts: Facts = {
  steps: [step(1, 'hear'), step(2, 'say'), step(3, 'hear')],
  heard: 'Hi. Booked: Tuesday, November 24 at 2:30 PM.',
  evidence,
  offers: [
    ['2026-11-24T14:00:00Z', '2026-11-24T15:30:00Z'],
    ['2026-11-24T19:00:00Z', '2026-11-24T19:30:00Z'],
    ['2026-11-24T19:30:00Z'],
    [],
  ],
  timeZone: 'America/New_York',
};

function failures(expectation: string, changed: Partial<Facts> = {}): string[] {
  return grade(scenario(expectation), { ...facts, ...changed })
    .filter((check) => !check.ok)
    .map((check) => check.name);
}

describe('the grade', () => {
  it.each([
    '{outcome: booked, bookings: [{start: offered 2, attendee: {name: Mary Smith, email: mary.smith@example.com}}]}',
    '{bookings: [{start: 2026-11-24}]}',
    '{bookings: [{start: "2026-11-24T14:30:00-05:00"}], heard: [/booked/i], neverHeard: [/wednesday/i]}',
  ])('passes %s', (expectation) => {
    expect(failures(expectation)).toEqual([]);
  });

  it.each([
    ['{outcome: no_booking}', 'outcome'],
    ['{bookings: []}', 'bookings'],
    ['{bookings: [{start: offered 1}]}', 'bookings'],
    ['{bookings: [{start: 2026-11-25}]}', 'bookings'],
    ['{bookings: [{start: 2026-11-24, attendee: {email: other@example.com}}]}', 'bookings'],
    ['{bookings: [{start: 2026-11-24}, {start: 2026-11-24}]}', 'bookings'],
    ['{heard: [/wednesday/i]}', 'heard /wednesday/i'],
    ['{neverHeard: [/booked/i]}', 'never heard /booked/i'],
  ])('fails %s', (expectation, check) => {
    expect(failures(expectation)).toEqual([check]);
  });

  it('fails when the calendar does not hold the appointment, or holds one more', () => {
    expect(failures('{}', { evidence: { ...evidence, calendarBookings: [] } })).toEqual([
      'calendar agrees',
    ]);
    const twice = [...evidence.calendarBookings, { uid: 'r2', startAt: at }];
    expect(failures('{}', { evidence: { ...evidence, calendarBookings: twice } })).toEqual([
      'calendar agrees',
    ]);
  });

  it('fails when "booked" was said and nothing is booked', () => {
    const none = { ...evidence, appointments: [], calendarBookings: [], intents: [] };
    expect(failures('{bookings: []}', { evidence: none })).toEqual(['booked is true']);
    const heard = 'I could not confirm it yet.';
    expect(failures('{bookings: []}', { evidence: none, heard })).toEqual([]);
  });

  it('accepts a booking that is known to be unsettled', () => {
    const unsettled: Evidence = {
      ...evidence,
      appointments: [],
      intents: [{ state: 'unknown', startAt: at }],
    };
    const heard = 'I could not confirm it yet.';
    expect(failures('{bookings: []}', { evidence: unsettled, heard })).toEqual([]);
  });

  it('fails when a turn was lost, a row is open or a step failed', () => {
    expect(
      failures('{}', { evidence: { ...evidence, turns: evidence.turns.slice(0, 1) } }),
    ).toEqual(['turns stored']);
    const open: Evidence = {
      ...evidence,
      toolCalls: [{ name: 'end_call', error: null, endedAt: null }],
    };
    expect(failures('{}', { evidence: open })).toEqual(['nothing left open']);
    expect(
      failures('{}', { steps: [step(1, 'hear'), step(2, 'say'), step(3, 'hear', false)] }),
    ).toEqual(['every turn played']);
  });
});
