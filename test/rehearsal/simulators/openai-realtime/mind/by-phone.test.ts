import { describe, expect, it } from 'vitest';
import { createDialogue } from '../../../../../rehearsal/simulators/openai-realtime/mind/dialogue/dialogue.ts';
import { NUMBER_KNOWN, PHONE_TOOLS, Talk } from './talk.ts';

const dialogue = createDialogue();
const talk = (...lines: string[]): Talk =>
  new Talk(dialogue, PHONE_TOOLS, NUMBER_KNOWN).play(...lines);
const withheld = (...lines: string[]): Talk => new Talk(dialogue, PHONE_TOOLS).play(...lines);

const CHOSEN = ['tuesday afternoon', 'tool:tuesday', 'the second one'];
const NAMED = [...CHOSEN, 'my name is mary smith'];
const SUMMED_UP = [...NAMED, 'mary dot smith at example dot com'];
const SUMMARY =
  'Tuesday, November 24 at 2:30 PM Eastern time, for Mary Smith, mary.smith@example.com';
const PERSON = 'i would like to speak to a person';
const MESSAGE = ['i would like to leave a message', 'please call me back tomorrow', 'mary smith'];

describe('a booking by phone', () => {
  it('is offered the number of the line, which a yes agrees to', () => {
    const summed = talk(...SUMMED_UP);
    expect(summed.reply.say).toBe(
      `${SUMMARY}, the number you are calling from, ending in 0 1 2 3. Shall I book it?`,
    );
    expect(summed.play('yes please').reply.calls).toMatchObject([
      { name: 'schedule_appointment', arguments: { attendee_phone: 'caller' } },
    ]);
  });

  it('takes another number by keys', () => {
    const keying = talk(...SUMMED_UP, 'another number please');
    expect(keying.reply.calls).toStrictEqual([
      { name: 'expect_keys', arguments: { purpose: 'phone_number', digits: null } },
    ]);
    expect(keying.play('tool:ready').reply.say).toMatch(/key in the phone number/);
    expect(keying.play('typed:[keys: 2025550147]').reply.say).toBe(
      `${SUMMARY}, phone 2 0 2 5 5 5 0 1 4 7. Shall I book it?`,
    );
    expect(keying.play('typed:[keys: 1]').reply.calls).toMatchObject([
      { name: 'schedule_appointment', arguments: { attendee_phone: '2025550147' } },
    ]);
  });

  it('takes a number that is said where keys were asked for', () => {
    const said = 'my number is two oh two five five five oh one four seven';
    const heard = talk(...SUMMED_UP, 'another number please', 'tool:ready', said);
    expect(heard.reply.say).toContain('phone 2 0 2 5 5 5 0 1 4 7');
  });

  it.each([
    ['typed:[keys: 2]', 'What would you like to change?'],
    ['typed:[keys: 7]', 'did not understand'],
  ])('hears the keys of an answer: %s', (keys, reply) => {
    expect(talk(...SUMMED_UP, keys).reply.say).toContain(reply);
  });

  it('lets the times be chosen by keys', () => {
    expect(talk('tuesday', 'tool:tuesday', 'typed:[keys: 2]').reply.say).toBe(
      'Tuesday, November 24 at 2:30 PM. What is your name?',
    );
  });

  it('says nothing of a number that is withheld', () => {
    const summed = withheld(...SUMMED_UP);
    expect(summed.reply.say).toBe(`${SUMMARY}. Shall I book it?`);
    expect(summed.play('yes').reply.calls[0]?.arguments['attendee_phone']).toBeNull();
  });

  it('asks again for a number that the calendar does not accept', () => {
    const refused = talk(...SUMMED_UP, 'yes', 'tool:badNumber');
    expect(refused.reply.calls[0]?.name).toBe('expect_keys');
    expect(refused.reply.say).not.toMatch(/the caller/);
    expect(refused.play('tool:ready').reply.say).toMatch(/key in the phone number/);
  });

  it('goes on with the number alone after three tries for the address', () => {
    const tried = talk(...NAMED, '', '', '');
    expect(tried.reply.say).toMatch(/go on without it.*for Mary Smith, the number you are calling/);
    expect(tried.play('yes').reply.calls[0]?.arguments).toMatchObject({
      attendee_email: null,
      attendee_phone: 'caller',
    });
    expect(tried.play('tool:needsEmail').reply.say).toMatch(/leave a message\?$/);
    expect(withheld(...NAMED, '', '', '').reply.calls[0]?.name).toBe('expect_keys');
  });

  it('never offers to type', () => {
    expect(talk(...NAMED, '', '').reply.say).not.toMatch(/type/);
    expect(talk('', '', '').reply.say).not.toMatch(/type/);
  });
});

describe('an appointment of somebody who calls', () => {
  it('is looked for by the number of the line, and asked about only where that finds nothing', () => {
    const looked = talk('i need to reschedule my appointment');
    expect(looked.reply.calls).toMatchObject([
      { name: 'find_appointments', arguments: { email: null, detail: null } },
    ]);
    expect(looked.play('tool:found').reply.say).toContain('Thursday, November 26 at 10:00 AM');
    const stranger = talk('i want to cancel my appointment', 'tool:whoCalls');
    expect(stranger.reply.say).toBe('What e-mail address was the appointment made with?');
    const proved = stranger.play('mary dot smith at example dot com', 'on thursday');
    expect(proved.reply.calls[0]?.arguments).toStrictEqual({
      email: 'mary.smith@example.com',
      detail: 'thursday',
    });
  });

  it('is asked about at once where the number is withheld', () => {
    expect(withheld('i want to cancel my appointment').reply.say).toMatch(/e-mail address/);
  });
});

describe('whoever wants a person', () => {
  it.each([PERSON, 'can i talk to someone', 'put me through to a human', 'operator'])(
    'is put through after being told: %s',
    (said) => {
      const { say, calls } = talk(said).reply;
      expect(say).toMatch(/putting you through/);
      expect(calls).toStrictEqual([{ name: 'escalate_to_human', arguments: { reason: said } }]);
    },
  );

  it('is told again where the tool missed it, and hears nothing more once put through', () => {
    expect(talk(PERSON, 'tool:notAnnounced').reply.say).toMatch(/putting you through/);
  });

  it('may leave a message where nobody can be reached', () => {
    const refused = talk(PERSON, 'tool:notTransferred');
    expect(refused.reply.say).toBe(
      'I am sorry, I could not put you through. Would you like to leave a message?',
    );
    expect(refused.play('yes').reply.say).toBe('What is the message?');
    expect(talk(PERSON, 'tool:notTransferred', 'no').reply.say).toMatch(/anything else/);
  });

  it('may leave a message where nobody is to be put through to', () => {
    const tools = PHONE_TOOLS.filter((tool) => tool !== 'escalate_to_human');
    expect(new Talk(dialogue, tools).play(PERSON).reply.say).toMatch(
      /cannot put you through.*leave a message\?$/,
    );
  });
});

describe('a message', () => {
  it('is written down with a name and the number of the line', () => {
    const asked = talk(...MESSAGE);
    expect(asked.reply.say).toMatch(
      /Shall we call you back at the number you are calling from, ending in 0 1 2 3\?$/,
    );
    expect(asked.play('yes').reply.calls).toStrictEqual([
      {
        name: 'take_message',
        arguments: {
          name: 'Mary Smith',
          callback_number: 'caller',
          message: 'please call me back tomorrow',
        },
      },
    ]);
    expect(asked.play('tool:messageTaken').reply.say).toMatch(/wrote your message down/);
  });

  it.each([[talk(...MESSAGE, 'no')], [withheld(...MESSAGE)]])(
    'is called back at a number by keys where the line has none, or another is wanted',
    (asked) => {
      expect(asked.reply.calls[0]?.name).toBe('expect_keys');
      expect(asked.play('tool:ready', 'typed:[keys: 2025550147]').reply.calls).toMatchObject([
        { name: 'take_message', arguments: { callback_number: '2025550147' } },
      ]);
    },
  );

  it('is taken on the web too, without a number', () => {
    const web = new Talk(dialogue, ['take_message']).play(...MESSAGE);
    expect(web.reply.calls[0]?.arguments).toMatchObject({ callback_number: null });
  });

  it('asks again for a number that cannot be right', () => {
    const wrong = withheld(...MESSAGE, 'tool:ready', 'typed:[keys: 2025550147]', 'tool:badNumber');
    expect(wrong.reply.calls[0]?.name).toBe('expect_keys');
  });
});
