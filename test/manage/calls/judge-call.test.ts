import { describe, expect, test } from 'vitest';
import { slotLabel } from '../../../booking/times/labels.ts';
import type { WholeCall } from '../../../db/calls/whole-call.ts';
import { judgeCall } from '../../../manage/calls/evidence/judge-call.ts';

const ZONE = 'America/New_York';
/** A Monday, 9 in the morning in New York. */
const BEGAN = new Date('2026-11-23T14:00:00Z');
const TUESDAY = new Date('2026-11-24T19:30:00Z');
const LABEL = slotLabel(TUESDAY, { timeZone: ZONE, now: BEGAN });
const TALK = 'Thursday at 4 PM: a talk about teeth.';
const APPOINTMENT = 'a0000000-0000-4000-8000-000000000001';
const INTENT = 'b0000000-0000-4000-8000-000000000001';

const at = (seconds: number): Date => new Date(BEGAN.getTime() + seconds * 1_000);

function turn(seconds: number, role: 'agent' | 'caller', text: string): WholeCall['turns'][number] {
  return { at: at(seconds), role, medium: 'speech', text, interrupted: false, latency: null };
}

const OFFERED: WholeCall['tools'][number] = {
  at: at(1),
  endedAt: at(2),
  name: 'list_available_slots',
  arguments: { when: 'tomorrow' },
  result: {
    status: 'slots',
    asked: 'tomorrow',
    slots: [{ slot_id: 's1', label: LABEL }],
    days: [],
  },
  error: null,
};
const BOOKED: WholeCall['marks'][number] = {
  at: at(20),
  kind: 'outcome',
  details: {
    outcome: 'booked',
    status: 'booked',
    appointmentId: APPOINTMENT,
    start: TUESDAY.toISOString(),
  },
  words: null,
};

function judged(call: Partial<WholeCall>) {
  const whole = { turns: [], tools: [], marks: [], intents: [], ...call } as unknown as WholeCall;
  return judgeCall(whole, {
    agent: {
      name: 'Front desk',
      businessName: 'Harbor Street Clinic',
      instructions: TALK,
      language: 'en-US',
    },
    timeZone: ZONE,
    calendarTimeZones: [ZONE],
    hosts: [],
    appointments: [{ id: APPOINTMENT, status: 'cancelled', startAt: TUESDAY }],
    holds: [{ startAt: TUESDAY, expiresAt: at(122) }],
  });
}

const INTENTS = [
  {
    id: INTENT,
    at: at(19),
    kind: 'book',
    state: 'confirmed',
    startAt: TUESDAY,
    endAt: new Date(TUESDAY.getTime() + 1_800_000),
    attendee: { name: 'Mary', email: null, phone: null, timeZone: ZONE },
    appointmentId: APPOINTMENT,
  },
] satisfies WholeCall['intents'];

describe('a sentence that offers', () => {
  test('has the answer of the tool beside it, and until when the time is held', () => {
    const { sentences } = judged({
      tools: [OFFERED],
      turns: [turn(3, 'agent', `Let me see. I have ${LABEL}.`)],
    });
    expect(sentences).toMatchObject([
      {
        turn: 0,
        verdict: 'true',
        claims: ['free'],
        evidence: [{ kind: 'offer', words: LABEL, start: TUESDAY, heldUntil: at(122) }],
      },
    ]);
    const [sentence] = sentences;
    expect(`Let me see. I have ${LABEL}.`.slice(sentence?.start, sentence?.end).trim()).toBe(
      `I have ${LABEL}.`,
    );
  });

  test('is unproven where no tool had answered that yet', () => {
    const { sentences } = judged({
      tools: [OFFERED],
      turns: [turn(0, 'agent', `I have ${LABEL}.`)],
    });
    expect(sentences).toMatchObject([{ verdict: 'unproven', why: 'not-offered', evidence: [] }]);
  });

  test('is unproven of a time that was lost since', () => {
    const taken = {
      ...OFFERED,
      at: at(4),
      endedAt: at(5),
      name: 'schedule_appointment',
      arguments: { slot_id: 's1' },
      result: { status: 'taken', message: `${LABEL} is taken.`, slots: [] },
    };
    const { sentences } = judged({
      tools: [OFFERED, taken],
      turns: [turn(6, 'agent', 'I have Tuesday at 2:30 PM.')],
    });
    expect(sentences).toMatchObject([{ verdict: 'unproven' }]);
  });
});

describe('a sentence that says something was done', () => {
  test('has the wish and the appointment beside it, as it stands by now', () => {
    const { sentences } = judged({
      tools: [OFFERED],
      marks: [BOOKED],
      intents: INTENTS,
      turns: [turn(21, 'agent', `You're booked for ${LABEL}.`)],
    });
    expect(sentences).toMatchObject([
      {
        verdict: 'true',
        claims: ['booked'],
        evidence: [
          { kind: 'intent', id: INTENT, state: 'confirmed', start: TUESDAY },
          { kind: 'appointment', id: APPOINTMENT, state: 'cancelled', start: TUESDAY },
        ],
      },
    ]);
  });

  test('is false where the ledger had nothing of it then', () => {
    const { sentences } = judged({
      tools: [OFFERED],
      marks: [BOOKED],
      intents: INTENTS,
      turns: [turn(10, 'agent', `You're booked for ${LABEL}.`)],
    });
    expect(sentences).toMatchObject([{ verdict: 'false', why: 'not-booked', evidence: [] }]);
  });

  test('is corrected where it was taken back, with what was said instead', () => {
    const { sentences, corrections } = judged({
      marks: [
        {
          at: at(11),
          kind: 'truth.corrected',
          details: { why: 'not-booked' },
          words: "You're all booked for Tuesday.",
        },
      ],
      turns: [
        turn(10, 'agent', "Fine. You're all booked for"),
        turn(12, 'agent', 'Sorry, nothing is booked yet.'),
      ],
    });
    expect(sentences).toMatchObject([
      { turn: 0, verdict: 'corrected', correction: 'Sorry, nothing is booked yet.' },
    ]);
    expect(corrections).toMatchObject([{ kind: 'corrected', why: 'not-booked' }]);
  });

  test('of an appointment that was found has that one beside it', () => {
    const found = {
      ...OFFERED,
      name: 'find_appointments',
      result: { status: 'found', message: '', appointments: [{ label: LABEL }] },
    };
    const { sentences } = judged({
      tools: [found],
      turns: [turn(3, 'agent', `Your appointment is on ${LABEL}.`)],
    });
    expect(sentences).toMatchObject([
      { verdict: 'true', evidence: [{ kind: 'appointment', start: TUESDAY }] },
    ]);
  });
});

test('a sentence that nobody heard is told with what was said instead', () => {
  const { sentences, corrections } = judged({
    marks: [
      {
        at: at(5),
        kind: 'truth.stopped',
        details: { why: 'not-offered' },
        words: 'I have Friday at 9 AM.',
      },
    ],
    turns: [turn(2, 'agent', 'One moment.'), turn(6, 'agent', 'When would you like to come?')],
  });
  expect(sentences).toEqual([]);
  expect(corrections).toEqual([
    {
      at: at(5),
      kind: 'stopped',
      why: 'not-offered',
      words: 'I have Friday at 9 AM.',
      instead: 'When would you like to come?',
    },
  ]);
});

test('a time that the business named itself is borne out by its own words', () => {
  const { sentences } = judged({
    turns: [turn(2, 'agent', 'The talk is on Thursday at 4 PM.')],
  });
  expect(sentences).toMatchObject([
    { verdict: 'true', claims: ['time'], evidence: [{ kind: 'business', words: TALK }] },
  ]);
});
