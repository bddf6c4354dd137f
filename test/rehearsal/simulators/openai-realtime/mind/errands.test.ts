import { describe, expect, it } from 'vitest';
import { createDialogue } from '../../../../../rehearsal/simulators/openai-realtime/mind/dialogue/dialogue.ts';
import { Talk, TOOLS_WITH_KINDS } from './talk.ts';

const dialogue = createDialogue();
const talk = (...lines: string[]): Talk => new Talk(dialogue).play(...lines);

const ADDRESS = 'mary dot smith at example dot com';
const ASKED = [ADDRESS, 'it is on thursday'];
const CANCELLING = ['i want to cancel my appointment', ...ASKED, 'tool:found'];
const MOVING = ['i need to reschedule my appointment', ...ASKED, 'tool:found'];
const CHOSEN = [...MOVING, 'tuesday afternoon', 'tool:tuesday', 'the second one'];
const DETAILS = 'typed:My name is Mary Smith and my e-mail is mary.smith@example.com';
const BOOKED = ['tuesday', 'tool:tuesday', 'the second one', DETAILS, 'yes', 'tool:booked'];
/** What must never be said before a tool has answered it. */
const CLAIMS = /\b(?:moved|rescheduled|cancelled)\b/i;

describe('an appointment that exists', () => {
  it.each([
    'i want to cancel my appointment',
    'i need to reschedule my appointment',
    'can i move my appointment please',
    'do i have an appointment',
    'when is my appointment',
    'does mary smith have an appointment',
    'typed:When is the appointment of Mary Smith?',
  ])('is looked for by the e-mail address and the day alone: %s', (said) => {
    const asked = talk(said);
    expect(asked.reply).toStrictEqual({
      say: 'What e-mail address was the appointment made with?',
      calls: [],
    });
    expect(asked.play(ADDRESS).reply.say).toBe('And on which day is the appointment?');
    expect(asked.play('it is on thursday').reply).toStrictEqual({
      say: null,
      calls: [
        {
          name: 'find_appointments',
          arguments: { email: 'mary.smith@example.com', detail: 'thursday' },
        },
      ],
    });
  });

  it('is looked for with the day that was said at once', () => {
    const { calls } = talk('cancel my appointment on thursday at ten', ADDRESS).reply;
    expect(calls[0]?.arguments['detail']).toBe('thursday at ten');
    const moved = talk('typed:Move my appointment on Thursday to Friday', ADDRESS);
    expect(moved.reply.calls[0]?.arguments['detail']).toBe('Thursday');
    expect(moved.play('tool:found').reply.calls).toMatchObject([
      { name: 'list_available_slots', arguments: { when: 'Friday' } },
    ]);
  });

  it('is asked about further where the tool asks', () => {
    const errand = ['when is my appointment', ...ASKED];
    expect(talk(...errand, 'tool:whoCalls').reply.say).toMatch(/e-mail address.*\?$/);
    const day = talk(...errand, 'tool:whichDay');
    expect(day.reply.say).toBe('On which day exactly is the appointment?');
    expect(day.play('november twenty sixth').reply.calls[0]?.arguments).toStrictEqual({
      email: 'mary.smith@example.com',
      detail: 'november twenty sixth',
    });
  });

  it('is told when it was found, and can then be moved or cancelled', () => {
    const told = ['when is my appointment', ...ASKED, 'tool:found'];
    expect(talk(...told).reply.say).toBe(
      'I found your appointment: Thursday, November 26 at 10:00 AM. Would you like to move it or cancel it?',
    );
    expect(talk(...told, 'cancel it please').reply.say).toMatch(/^Shall I cancel your appointment/);
    expect(talk(...told, 'i want to move it').reply.say).toMatch(
      /Which day would suit you instead/,
    );
    expect(talk(...told, 'no thank you').reply.calls).toMatchObject([{ name: 'end_call' }]);
  });

  it('that is not found is told in the words of the tool, and in no others', () => {
    const lost = ['i want to cancel my appointment', ...ASKED, 'tool:notFound'];
    expect(talk(...lost).reply.say).toBe(
      'I cannot find an appointment with these details. Is there anything else I can do for you?',
    );
    expect(talk(...lost, 'cancel my appointment').reply.say).toMatch(/e-mail address/);
  });

  it('cannot be looked for without what only its owner knows', () => {
    for (const said of [[], [ADDRESS]]) {
      const { reply } = talk('when is my appointment', ...said, "i don't know");
      expect(reply.calls).toStrictEqual([]);
      expect(reply.say).toMatch(/without that I cannot look it up/);
    }
  });

  it('among several is asked for', () => {
    const several = ['cancel my appointment', ...ASKED, 'tool:foundSeveral'];
    expect(talk(...several).reply.say).toBe(
      'Your appointments are on Thursday, November 26 at 10:00 AM and Friday, November 27 at 3:00 PM. Which one do you mean?',
    );
    const { calls } = talk(...several, 'the second one', 'yes').reply;
    expect(calls).toStrictEqual([
      { name: 'cancel_appointment', arguments: { appointment_id: 'appointment_2', reason: null } },
    ]);
  });

  it('gives way to a new one', () => {
    const { reply } = talk('cancel my appointment', 'i want to book an appointment on friday');
    expect(reply.calls).toMatchObject([{ name: 'list_available_slots' }]);
  });
});

describe('a cancellation', () => {
  it('is made only after a clear yes, and told in the words of the tool', () => {
    const asked = talk(...CANCELLING);
    expect(asked.reply).toStrictEqual({
      say: 'Shall I cancel your appointment on Thursday, November 26 at 10:00 AM?',
      calls: [],
    });
    expect(asked.play('yes please').reply).toStrictEqual({
      say: null,
      calls: [
        {
          name: 'cancel_appointment',
          arguments: { appointment_id: 'appointment_1', reason: null },
        },
      ],
    });
    expect(asked.play('tool:cancelled').reply.say).toMatch(
      /^Cancelled: Thursday, November 26 at 10:00 AM\. Is there anything else/,
    );
  });

  it.each(['no', "no don't cancel it", 'keep it'])('is not made on: %s', (said) => {
    const { reply } = talk(...CANCELLING, said);
    expect(reply.calls).toStrictEqual([]);
    expect(reply.say).toMatch(/stays as it is/);
  });

  it.each(['unconfirmed', 'strange', 'notOffered'] as const)(
    'is never claimed after: %s',
    (answer) => {
      expect(talk(...CANCELLING, 'yes', `tool:${answer}`).reply.say).not.toMatch(CLAIMS);
    },
  );

  it('turns into a move', () => {
    expect(talk(...CANCELLING, 'move it instead').reply.say).toMatch(/Which day would suit you/);
  });

  it('of what was booked in this call needs no proof', () => {
    const { reply } = talk(...BOOKED, 'i want to cancel my appointment');
    expect(reply.say).toBe(
      'Shall I cancel your appointment on Tuesday, November 24 at 2:30 PM Eastern time?',
    );
    const gone = talk(...BOOKED, 'cancel my appointment', 'yes', 'tool:cancelled');
    expect(gone.play('cancel my appointment').reply.say).toMatch(/on which day/i);
  });
});

describe('a move', () => {
  it('asks for a new time, reads both back, and is made after a yes', () => {
    expect(talk(...MOVING).reply.say).toBe(
      'Your appointment is on Thursday, November 26 at 10:00 AM. Which day would suit you instead?',
    );
    const asked = talk(...CHOSEN);
    expect(asked.reply).toStrictEqual({
      say: 'From Thursday, November 26 at 10:00 AM to Tuesday, November 24 at 2:30 PM Eastern time. Shall I move it?',
      calls: [],
    });
    expect(asked.play('yes').reply).toStrictEqual({
      say: null,
      calls: [
        {
          name: 'reschedule_appointment',
          arguments: { appointment_id: 'appointment_1', slot_id: 'slot_2' },
        },
      ],
    });
    expect(asked.play('tool:moved').reply.say).toMatch(/^Moved from Thursday.*anything else/);
  });

  it('asks for times as long as the appointment is', () => {
    const names = ['find_appointments', 'reschedule_appointment'];
    const others = names.map((name) => ({ name, description: '', parameters: {} }));
    const moving = ['i need to reschedule my appointment', ...ASKED, 'tool:foundLonger'];
    const { calls } = new Talk(dialogue, [...TOOLS_WITH_KINDS, ...others]).play(
      ...moving,
      'tuesday afternoon',
    ).reply;
    expect(calls).toMatchObject([
      { name: 'list_available_slots', arguments: { duration_minutes: 60, event: 'Demo' } },
    ]);
  });

  it('follows a change of mind', () => {
    expect(talk(...CHOSEN, 'no').reply.say).toMatch(/stays where it is\. Which other day/);
    expect(talk(...CHOSEN, 'actually the first one').reply.say).toMatch(/1:00 PM.*Shall I move it/);
    expect(talk(...CHOSEN, 'no', 'friday').reply.calls).toMatchObject([
      { name: 'list_available_slots', arguments: { when: 'friday' } },
    ]);
  });

  it('to a time that was taken offers the others, and goes on with them', () => {
    const taken = talk(...CHOSEN, 'yes', 'tool:taken');
    expect(taken.reply.say).toMatch(/just been taken\. I have/);
    expect(taken.reply.say).not.toMatch(CLAIMS);
    expect(taken.play('the second one', 'move it').reply.calls).toMatchObject([
      { name: 'reschedule_appointment', arguments: { slot_id: 'slot_3' } },
    ]);
  });

  it.each(['unconfirmed', 'strange', 'notOffered'] as const)(
    'is never claimed after: %s',
    (answer) => {
      expect(talk(...CHOSEN, 'yes', `tool:${answer}`).reply.say).not.toMatch(CLAIMS);
    },
  );
});

describe('several kinds of appointments', () => {
  const open = (...lines: string[]): Talk => new Talk(dialogue, TOOLS_WITH_KINDS).play(...lines);
  const listed = (...lines: string[]): unknown => open(...lines).reply.calls[0]?.arguments;
  const rest = { range_days: null, duration_minutes: null };

  it('are asked for when the calendar asks, with the wish from before', () => {
    const asked = ['tuesday afternoon', 'tool:kind'];
    expect(open(...asked).reply.say).toBe('What is it for: Demo or Support?');
    expect(listed('tuesday afternoon')).toStrictEqual({
      when: 'tuesday afternoon',
      event: null,
      ...rest,
    });
    expect(listed(...asked, 'it is for a demo')).toStrictEqual({
      when: 'tuesday afternoon',
      event: 'Demo',
      ...rest,
    });
  });

  it('are heard at once, and changed', () => {
    expect(open('i need a demo').reply.say).toMatch(/which day/i);
    expect(listed('i need a demo', 'friday')).toMatchObject({ when: 'friday', event: 'Demo' });
    expect(listed('a demo on friday')).toMatchObject({ when: 'friday', event: 'Demo' });
    expect(listed('a demo on friday', 'tool:tuesday', 'no i need support')).toMatchObject({
      when: 'friday',
      event: 'Support',
    });
  });
});

describe('a request that the business has yet to accept', () => {
  it('is told as it is', () => {
    const lines = BOOKED.map((line) => (line === 'tool:booked' ? 'tool:requested' : line));
    expect(talk(...lines).reply.say).toMatch(/^Requested: .*has yet to accept it/);
  });
});
