import { describe, expect, it } from 'vitest';

import type { Evidence } from '../../../rehearsal/grade/evidence.ts';
import { grade } from '../../../rehearsal/grade/grade.ts';
import type { Facts } from '../../../rehearsal/grade/facts.ts';
import type { Step } from '../../../rehearsal/play.ts';
import { parseScenario } from '../../../rehearsal/scenario/scenario.ts';

function scenario(expectation: string) {
  return parseScenario(
    `name: a call\nturns: [{hear: greeting}, {say: hello}, {hear: booked}]\nexpect: ${expectation}\n`,
    'a.yaml',
  );
}

function step(number: number, kind: Step['kind'], ok = true): Step {
  const silent = { startedAt: 0, endedAt: 0, latency: null, repeatedAt: null };
  return { number, kind, text: '', ok, detail: '', ...silent };
}

const at = new Date('2026-11-24T19:30:00Z');
const evidence: Evidence = {
  call: { id: 'c', outcome: 'booked', endReason: null, endedAt: at },
  turns: [
    { role: 'agent', text: 'hi', interrupted: false, saidAt: at },
    { role: 'caller', text: 'hello', interrupted: false, saidAt: at },
  ],
  calendarUnread: null,
  toolCalls: [{ name: 'schedule_appointment', error: null, endedAt: at }],
  messages: [{ name: 'Mary Smith', number: '+12125550123', text: 'please call me back' }],
  intents: [{ kind: 'book', state: 'confirmed', startAt: at, appointmentId: null }],
  appointments: [
    {
      id: 'a1',
      reference: 'r1',
      startAt: at,
      status: 'confirmed',
      ofCall: true,
      name: 'mary smith',
      email: 'mary.smith@example.com',
      phone: null,
    },
  ],
  calendarBookings: [{ uid: 'r1', startAt: at, status: 'confirmed', bookedFor: at }],
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
  standing: [],
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
    const twice: Evidence['calendarBookings'] = [
      ...evidence.calendarBookings,
      { uid: 'r2', startAt: at, status: 'confirmed', bookedFor: null },
    ];
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
      intents: [{ kind: 'book', state: 'unknown', startAt: at, appointmentId: null }],
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

describe('the grade of a call about an appointment that stood before', () => {
  const later = new Date('2026-11-25T15:00:00Z');
  const appointment = { ...evidence.appointments[0]!, ofCall: false };
  const booking = { ...evidence.calendarBookings[0]!, bookedFor: null };
  const standing = [{ reference: 'r1', startAt: at }];

  /** What the mirror and the calendar say of the appointment at the end. */
  function left(
    mirror: Partial<typeof appointment>,
    calendar: Partial<typeof booking>,
    intents: Evidence['intents'] = [],
  ): Partial<Facts> {
    return {
      standing,
      evidence: {
        ...evidence,
        intents,
        appointments: [{ ...appointment, ...mirror }],
        calendarBookings: [{ ...booking, ...calendar }],
      },
    };
  }
  const moved = left({ startAt: later }, { startAt: later });
  const cancelled = left({ status: 'cancelled' }, { status: 'cancelled' });

  it('passes what was really moved or cancelled', () => {
    const heard = 'Moved: Wednesday, November 25 at 10:00 AM.';
    expect(
      failures('{bookings: [{start: 2026-11-25}], cancelled: []}', { ...moved, heard }),
    ).toEqual([]);
    expect(
      failures('{bookings: [], cancelled: [{start: 2026-11-24, attendee: {name: Mary Smith}}]}', {
        ...cancelled,
        heard: 'Your appointment is cancelled.',
      }),
    ).toEqual([]);
  });

  it('fails on another end than expected', () => {
    const heard = 'Good bye.';
    expect(failures('{bookings: [{start: 2026-11-24}]}', { ...moved, heard })).toEqual([
      'bookings',
    ]);
    expect(failures('{cancelled: []}', { ...cancelled, heard })).toEqual(['cancelled']);
  });

  it.each([
    ['Your appointment has been moved.', 'moved is true'],
    ['It is rescheduled to Wednesday.', 'moved is true'],
    ['Cancelled: Tuesday at 2:30 PM.', 'cancelled is true'],
    ['Your appointment is booked.', 'booked is true'],
  ])('fails when it was only said: %s', (heard, check) => {
    expect(failures('{}', { ...left({}, {}), heard })).toEqual([check]);
  });

  it('compares the messages that the business finds, one by one', () => {
    const right = "messages: [{name: mary smith, number: '+12125550123', text: /call me back/}]";
    expect(failures(`{${right}}`)).toEqual([]);
    expect(failures('{messages: []}')).toEqual(['messages']);
    expect(failures('{messages: [{name: John Miller}]}')).toEqual(['messages']);
    expect(failures("{messages: [{number: '+12025550147'}]}")).toEqual(['messages']);
    expect(failures('{messages: [{text: /bill/}]}')).toEqual(['messages']);
  });

  it('fails when calendar and mirror differ, unless an open intent may have made the difference', () => {
    const heard = 'Good bye.';
    for (const [change, kind] of [
      [{ startAt: later }, 'reschedule'],
      [{ status: 'cancelled' }, 'cancel'],
    ] as const) {
      expect(failures('{}', { ...left({}, change), heard })).toEqual(['calendar agrees']);
      const open = left({}, change, [
        { kind, state: 'unknown', startAt: later, appointmentId: 'a1' },
      ]);
      expect(failures('{}', { ...open, heard })).toEqual([]);
    }
  });
});
