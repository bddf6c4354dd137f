import { describe, expect, it } from 'vitest';
import { createDialogue } from '../../../../../rehearsal/simulators/openai-realtime/mind/dialogue/dialogue.ts';
import { Talk } from './talk.ts';

const dialogue = createDialogue();
const talk = (...lines: string[]): Talk => new Talk(dialogue).play(...lines);

const OFFERED = ['next tuesday afternoon', 'tool:tuesday'];
const CHOSEN = [...OFFERED, 'the second one please'];
const DETAILS = 'typed:My name is Mary Smith and my e-mail is mary.smith@example.com';
const CONFIRMING = [...CHOSEN, DETAILS];
const BOOKED = [...CONFIRMING, 'yes please', 'tool:booked'];
const NOT_BOOKED = /\b(?:is|are|have|been|:) booked|booked:/i;

function wishFor(...lines: string[]): unknown {
  const { calls } = talk(...lines).reply;
  expect(calls.map(({ name }) => name)).toStrictEqual(['list_available_slots']);
  return calls[0]?.arguments['when'];
}

describe('the greeting', () => {
  it('is said word for word, and announces the rehearsal once', () => {
    const opened = new Talk(dialogue);
    expect(opened.reply.say).toMatch(/^Hi, how can I help you\? .*rehearsal.*appointments only/);
    const again = opened.play('told:Say exactly this, word for word: "One moment."');
    expect(again.reply.say).toBe('One moment.');
  });

  it('announces the rehearsal before the first reply when nothing was to be said exactly', () => {
    const reply = dialogue.reply({
      instructions: 'Business: Harbor Street Clinic',
      responseInstructions: null,
      tools: [],
      items: [],
    });
    expect(reply.say).toMatch(/rehearsal.*this is Harbor Street Clinic/);
  });

  it('says quoted sentences, asks a silent caller, and takes leave when told', () => {
    expect(talk('told:Tell the caller: "We close soon."').reply.say).toBe('We close soon.');
    const ask = 'told:The caller has been silent for a while. Ask whether they are still there.';
    expect(talk(ask).reply.say).toBe('Are you still there?');
    const leave =
      'told:The caller has been silent for too long. Say that you will hang up now, and goodbye.';
    expect(talk(leave).reply.say).toMatch(/hang up.*Goodbye/);
  });
});

describe('a wish', () => {
  it.each(['I would like to book an appointment', 'hi i need an appointment please', 'yes'])(
    'without a day is asked about: %s',
    (wish) => {
      const { reply } = talk(wish);
      expect(reply.calls).toStrictEqual([]);
      expect(reply.say).toMatch(/which day/i);
    },
  );

  it.each([
    ['next tuesday afternoon', 'next tuesday afternoon'],
    ['i would like to book an appointment for tomorrow please', 'tomorrow'],
    ['what about the first monday of december', 'the first monday of december'],
    ['a week from tomorrow', 'a week from tomorrow'],
    ['friday at half past two', 'friday at half past two'],
    ['wednesday november twenty fourth', 'wednesday november twenty fourth'],
    ['can i come yesterday', 'yesterday'],
    ['in two weeks', 'in two weeks'],
    ['next tuesday after lunch', 'next tuesday after lunch'],
    ['typed:Do you have anything on Nov 24 at 2:30 PM?', 'Nov 24 at 2:30 PM'],
    ['typed:2026-11-24', '2026-11-24'],
    ['what do you have', null],
    ['as soon as possible', null],
    ['any time', null],
    ['the earliest appointment please', null],
  ])('goes to the calendar in the words it was said: %s', (said, when) => {
    expect(wishFor(said)).toBe(when);
  });

  it('keeps the day when only a time is added', () => {
    expect(wishFor(...OFFERED, 'do you have anything at five thirty')).toBe(
      'Tuesday, November 24 at five thirty',
    );
    expect(wishFor('on monday', 'tool:noneAtAll', 'in the afternoon')).toBe(
      'monday in the afternoon',
    );
  });

  it('is told apart from a booking it cannot make', () => {
    const { reply } = new Talk(dialogue, []).play('next tuesday');
    expect(reply.calls).toStrictEqual([]);
    expect(reply.say).toMatch(/cannot book/);
  });
});

describe("the calendar's answer", () => {
  it('is offered with its date once', () => {
    expect(talk(...OFFERED).reply.say).toBe(
      'For Tuesday, November 24, in the afternoon, I have 1:00 PM, 2:30 PM, or 4:00 PM. Which one suits you?',
    );
    expect(talk('what do you have', 'tool:soonest').reply.say).toBe(
      'I have Tuesday, November 24 at 2:00 PM, Wednesday, November 25 at 9:30 AM, or Friday, December 4 at 2:00 PM. Which one suits you?',
    );
  });

  it('names the zone once where the labels do', () => {
    expect(talk('tuesday afternoon', 'tool:otherZone').reply.say).toBe(
      'For Tuesday, November 24, in the afternoon, I have 1:00 PM or 2:30 PM Eastern time. Which one suits you?',
    );
  });

  it('of nothing free is told, with the nearest times', () => {
    const { reply } = talk('saturday', 'tool:none');
    expect(reply.say).toMatch(
      /^Nothing is free for Saturday.*Friday, November 27 at 5:00 PM or Monday/,
    );
    expect(talk('saturday', 'tool:noneAtAll').reply.say).toMatch(/Nothing is free.*other day.*\?$/);
  });

  it('of a question is asked, and its answer goes back', () => {
    const asked = ['wednesday november twenty fourth in the morning', 'tool:question'];
    expect(talk(...asked).reply.say).toMatch(/^November 24 is a Tuesday.*\?$/);
    expect(wishFor(...asked, 'wednesday')).toBe('Wednesday, November 25 in the morning');
    expect(wishFor(...asked, 'tuesday november twenty fourth')).toBe(
      'Tuesday, November 24 in the morning',
    );
    expect(wishFor(...asked, 'the second one')).toBe('Wednesday, November 25 in the morning');
    expect(wishFor(...asked, 'friday')).toBe('friday');
  });

  it('of an error is told without claiming more, and tried again on yes', () => {
    const failed = talk('friday', 'tool:strange');
    expect(failed.reply.say).toMatch(/could not look at the calendar.*try again\?/);
    expect(failed.play('yes').reply.calls).toMatchObject([{ arguments: { when: 'friday' } }]);
  });
});

describe('a choice', () => {
  it.each([
    ['the second one', 'slot_2'],
    ['two thirty', 'slot_2'],
    ['half past two please', 'slot_2'],
    ['the first', 'slot_1'],
    ['the last one', 'slot_3'],
    ['the one at 4', 'slot_3'],
    ['number three', 'slot_3'],
    ['2:30 pm on tuesday', 'slot_2'],
    ['typed:I would like Tuesday, November 24 at 2:30 PM, please', 'slot_2'],
    ["one o'clock works for me", 'slot_1'],
    ['yes the two thirty one', 'slot_2'],
  ])('is understood: %s', (said, slotId) => {
    const { calls } = talk(...OFFERED, said, DETAILS, 'yes').reply;
    expect(calls[0]?.arguments['slot_id']).toBe(slotId);
  });

  it.each([
    ['wednesday', 'slot_2'],
    ['friday december fourth', 'slot_3'],
    ['the morning one', 'slot_2'],
  ])('by the day alone is enough where only one time fits: %s', (said, slotId) => {
    const { calls } = talk('what do you have', 'tool:soonest', said, DETAILS, 'yes').reply;
    expect(calls[0]?.arguments['slot_id']).toBe(slotId);
  });

  it('among several that fit is asked about', () => {
    expect(talk('any time', 'tool:soonest', 'two p m').reply.say).toMatch(
      /Tuesday, November 24 at 2:00 PM or Friday, December 4 at 2:00 PM/,
    );
    expect(talk(...OFFERED, 'yes').reply.say).toMatch(/Which one suits you\?$/);
  });

  it('of the only time is a yes', () => {
    expect(talk('tuesday at two thirty', 'tool:single', 'yes').reply.say).toMatch(/your name\?$/);
  });

  it.each([
    ['something later', 'Tuesday, November 24 after 4:00 PM'],
    ['do you have anything earlier', 'Tuesday, November 24 before 1:00 PM'],
    ['what about thursday', 'thursday'],
    ['no, wednesday instead', 'wednesday'],
    ['something later on friday', 'friday'],
    ['is there anything on friday afternoon', 'friday afternoon'],
  ])('may be another wish: %s', (said, when) => {
    expect(wishFor(...OFFERED, said)).toMatch(when);
  });

  it('of none asks for another day', () => {
    expect(talk(...OFFERED, 'none of these').reply.say).toMatch(/other day or time.*\?$/);
    expect(wishFor(...OFFERED, 'none of these', 'tuesday')).toBe('tuesday');
    expect(talk(...CHOSEN, 'wait not that one').reply.say).toMatch(/other day or time/);
  });
});

describe('the details', () => {
  it('are asked for one by one by voice, and read back', () => {
    const named = talk(...CHOSEN, 'my name is mary smith');
    expect(named.reply.say).toMatch(/Mary Smith, spelled M-A-R-Y S-M-I-T-H\. .*e-mail address\?$/);
    expect(named.play('mary dot smith at example dot com').reply.say).toBe(
      'Tuesday, November 24 at 2:30 PM Eastern time, for Mary Smith, mary.smith@example.com. Shall I book it?',
    );
  });

  it.each([
    ['john miller', 'John Miller'],
    ["it's anna taylor", 'Anna Taylor'],
    ['m a r y', 'Mary'],
    ['s as in sam u e', 'Sue'],
    ['typed:Zbigniew Łoś', 'Zbigniew Łoś'],
    ["typed:My name is Mary O'Brien.", "Mary O'Brien"],
  ])('take the name from: %s', (said, name) => {
    expect(talk(...CHOSEN, said).reply.say).toContain(`Thank you, ${name}`);
  });

  it.each([
    ['mary dot smith at example dot com', 'mary.smith@example.com'],
    ['my e-mail is m smith at gmail dot com', 'msmith@gmail.com'],
    ['j m i l l at example dot com', 'jmill@example.com'],
    ['j, m, i, l, l, at example dot com', 'jmill@example.com'],
    ['mary underscore smith four two at yahoo dot com', 'mary_smith42@yahoo.com'],
    ['it is john dash seventy five at outlook dot com please', 'john-75@outlook.com'],
    ['typed:Mary.Smith+x@Example.org', 'mary.smith+x@example.org'],
  ])('take the address from: %s', (said, email) => {
    const { calls } = talk(...CHOSEN, 'mary smith', said, 'yes').reply;
    expect(calls[0]?.arguments['attendee_email']).toBe(email);
  });

  it('typed at once, or before a time was chosen, are not asked for again', () => {
    expect(talk(...CONFIRMING).reply.say).toMatch(/Shall I book it\?$/);
    const early = talk(DETAILS);
    expect(early.reply.say).toMatch(/Which day/);
    expect(early.play(...CHOSEN).reply.say).toMatch(
      /mary\.smith@example\.com\. Shall I book it\?$/,
    );
  });

  it('are followed by what else the calendar asks, with the answers as they were given', () => {
    const asked = talk('tuesday', 'tool:alsoAsks', 'yes', DETAILS);
    expect(asked.reply.say).toMatch(/One more question: What is it about\?$/);
    expect(asked.play('typed:A sore knee').reply.say).toMatch(/question: Which insurance\?$/);
    const { calls } = asked.play('typed:Blue Ocean 330', 'yes').reply;
    expect(calls[0]?.arguments['answers']).toStrictEqual([
      { question: 'What is it about?', answer: 'A sore knee' },
      { question: 'Which insurance?', answer: 'Blue Ocean 330' },
    ]);
  });

  it.each(['my back hurts, do you have anything on tuesday', "it's about my knee"])(
    'tell what the appointment is about, in the words it was said: %s',
    (said) => {
      const { calls } = talk(said, ...CONFIRMING, 'yes').reply;
      expect(calls[0]?.arguments['notes']).toBe(said);
    },
  );

  it('give a phone number only when it was told', () => {
    expect(talk(...CONFIRMING, 'yes').reply.calls[0]?.arguments['attendee_phone']).toBeNull();
    const told = talk(...CONFIRMING, 'typed:My phone number is +1 555 010 0001', 'yes');
    expect(told.reply.calls[0]?.arguments['attendee_phone']).toBe('+15550100001');
  });
});

describe('the confirmation', () => {
  it.each(['yes', 'yes please', "that's right", 'correct', 'book it', 'yes, two thirty'])(
    'books on: %s',
    (said) => {
      expect(talk(...CONFIRMING, said).reply).toStrictEqual({
        say: null,
        calls: [
          {
            name: 'schedule_appointment',
            arguments: {
              slot_id: 'slot_2',
              attendee_name: 'Mary Smith',
              attendee_email: 'mary.smith@example.com',
              attendee_phone: null,
              notes: null,
            },
          },
        ],
      });
    },
  );

  it.each(['no', "no that's wrong", 'not yet', "don't book it", "that's not right"])(
    'asks what to change on: %s',
    (said) => {
      expect(talk(...CONFIRMING, said).reply).toStrictEqual({
        say: 'All right, nothing is settled yet. What would you like to change?',
        calls: [],
      });
    },
  );

  it('follows a change of mind', () => {
    expect(talk(...CONFIRMING, 'actually the first one').reply.say).toMatch(
      /1:00 PM.*Shall I book/,
    );
    expect(wishFor(...CONFIRMING, 'no, wednesday instead')).toBe('wednesday');
    expect(wishFor(...CONFIRMING, 'no', 'what about friday afternoon')).toBe('friday afternoon');
    expect(talk(...CONFIRMING, 'no', 'the name').reply.say).toMatch(/right name/);
    expect(talk(...CONFIRMING, 'the name is wrong', 'john miller').reply.say).toMatch(
      /for John Miller, mary\.smith@example\.com\. Shall I book/,
    );
    expect(talk(...CONFIRMING, 'no', 'the time').reply.say).toMatch(/1:00 PM, 2:30 PM, or 4:00 PM/);
  });

  it('is not given by the yes to "are you still there?"', () => {
    const hailed = talk(...CONFIRMING, 'told:Ask whether they are still there.', 'yes');
    expect(hailed.reply).toMatchObject({ calls: [] });
    expect(hailed.reply.say).toMatch(/Shall I book it\?$/);
    expect(hailed.play('yes').reply.calls).toHaveLength(1);
  });
});

describe('a yes to what was interrupted', () => {
  /** The caller heard so many words of what was said last. */
  function heardOf(words: number, ...lines: string[]): Talk {
    const opened = talk(...lines);
    const said = opened.conversation.items.findLast((item) => item.type === 'message');
    if (said?.type === 'message') said.text = said.text.split(' ').slice(0, words).join(' ');
    return opened;
  }

  it.each([
    ['a booking', CONFIRMING, 8],
    ['details that are read back', [...CONFIRMING, 'yes', 'tool:readBack'], 6],
    [
      'a cancellation',
      ['cancel my appointment', 'mary at example dot com', 'thursday', 'tool:found'],
      5,
    ],
  ] as const)('agrees to no %s', (_, lines, words) => {
    const question = talk(...lines).reply.say;
    const interrupted = heardOf(words, ...lines).play('yeah okay');
    expect(interrupted.reply.calls).toStrictEqual([]);
    expect(question).toContain(interrupted.reply.say);
    expect(interrupted.play('yes').reply.calls).toHaveLength(1);
  });

  it('counts where only the end of the question was not heard', () => {
    const length = talk(...CONFIRMING).reply.say?.split(' ').length ?? 0;
    expect(heardOf(length - 2, ...CONFIRMING).play('yes').reply.calls).toHaveLength(1);
  });
});

describe('details that are to be read back', () => {
  const READ_BACK = [...CONFIRMING, 'yes please', 'tool:readBack'];

  it('are read back, and nothing is said to be booked', () => {
    const { reply } = talk(...READ_BACK);
    expect(reply.calls).toStrictEqual([]);
    expect(reply.say).toBe(
      'I have Jon Smyth, spelled J-O-N S-M-Y-T-H, and the address jon23@example.com. Is that right?',
    );
    expect(reply.say).not.toMatch(NOT_BOOKED);
  });

  it('are booked as they were read back after a yes, which is told', () => {
    expect(talk(...READ_BACK, 'yes').reply.calls).toMatchObject([
      {
        name: 'schedule_appointment',
        arguments: {
          slot_id: 'slot_2',
          attendee_name: 'Jon Smyth',
          attendee_email: 'jon23@example.com',
          read_back_confirmed: true,
        },
      },
    ]);
  });

  it('are changed after a no, and what is new is not told to be confirmed', () => {
    expect(talk(...READ_BACK, 'no').reply).toMatchObject({ calls: [] });
    const { reply } = talk(
      ...READ_BACK,
      'no',
      'the e-mail address',
      'john at example dot com',
      'yes please',
    );
    expect(reply.calls).toMatchObject([{ arguments: { attendee_email: 'john@example.com' } }]);
    expect(reply.calls[0]?.arguments).not.toHaveProperty('read_back_confirmed');
  });
});

describe('an address that is nearly a common one', () => {
  const ASKED = [
    ...CHOSEN,
    'typed:My name is Mary Smith and my e-mail is mary@gmial.com',
    'yes',
    'tool:likelyAddress',
  ];

  it('is asked about', () => {
    expect(talk(...ASKED).reply.say).toMatch(
      /the address mary@gmial\.com\. Did you mean mary@gmail\.com\?$/,
    );
  });

  it('becomes what was meant after a yes, and is summed up anew', () => {
    const meant = talk(...ASKED, 'yes');
    expect(meant.reply.say).toMatch(/mary@gmail\.com\. Shall I book it\?$/);
    const [call] = meant.play('yes').reply.calls;
    expect(call?.arguments).toMatchObject({ attendee_email: 'mary@gmail.com' });
    expect(call?.arguments).not.toHaveProperty('read_back_confirmed');
  });

  it('stays as it was given after a no', () => {
    expect(talk(...ASKED, 'no').reply.calls).toMatchObject([
      { arguments: { attendee_email: 'mary@gmial.com', read_back_confirmed: true } },
    ]);
  });
});

describe('the outcome', () => {
  it('is told in the words of the booking', () => {
    expect(talk(...BOOKED).reply.say).toMatch(
      /^Booked: Tuesday, November 24 at 2:30 PM.*anything else/,
    );
  });

  it('of a taken time offers the others, and goes on with them', () => {
    const taken = talk(...CONFIRMING, 'yes', 'tool:taken');
    expect(taken.reply.say).toMatch(
      /just been taken\. I have Tuesday, November 24 at 1:00 PM or 4:00 PM/,
    );
    expect(taken.play('the second one').reply.say).toMatch(/4:00 PM.*Shall I book it\?$/);
  });

  it.each(['unconfirmed', 'notOffered', 'strange', 'taken', 'badEmail'] as const)(
    'is never called booked after: %s',
    (answer) => {
      expect(talk(...CONFIRMING, 'yes', `tool:${answer}`).reply.say).not.toMatch(NOT_BOOKED);
    },
  );

  it('unconfirmed is told as it is', () => {
    expect(talk(...CONFIRMING, 'yes', 'tool:unconfirmed').reply.say).toMatch(
      /^I could not confirm the booking yet\. You will get a message/,
    );
  });

  it('of an error leaves out what is meant for the model', () => {
    const { say } = talk(...CONFIRMING, 'yes', 'tool:notOffered').reply;
    expect(say).toMatch(
      /no confirmation.*not offered in this call\. Would you like me to try again\?/,
    );
    expect(say).not.toContain('list_available_slots');
  });

  it('asks again for a detail the calendar refuses', () => {
    const refused = talk(...CONFIRMING, 'yes', 'tool:badEmail');
    expect(refused.reply.say).toMatch(/does not accept the e-mail address.*e-mail address\?$/);
    expect(refused.play('mary at gmail dot com').reply.say).toMatch(
      /mary@gmail\.com\. Shall I book/,
    );
  });
});

describe('the end', () => {
  it.each(['no', 'no thank you', "no thank you that's all", 'goodbye', 'thank you'])(
    'after a booking says goodbye and ends the call: %s',
    (said) => {
      const { reply } = talk(...BOOKED, said);
      expect(reply.say).toMatch(/Goodbye\.$/);
      expect(reply.calls).toStrictEqual([{ name: 'end_call', arguments: {} }]);
    },
  );

  it('says goodbye where the call cannot be ended', () => {
    const { reply } = new Talk(dialogue, ['list_available_slots']).play('goodbye');
    expect(reply).toStrictEqual({ say: 'Thank you for calling. Goodbye.', calls: [] });
  });

  it('is no end when something else is wished', () => {
    expect(wishFor(...BOOKED, 'i would like another appointment on monday')).toBe('monday');
    expect(talk(...BOOKED, 'yes').reply.say).toMatch(/which day/i);
  });
});

describe('what is not understood', () => {
  it('is said so, with another hint each time', () => {
    const said = ['', '', ''].map(
      (_, index) => talk(...OFFERED, ...Array(index + 1).fill('')).reply.say,
    );
    expect(said[0]).toMatch(/^Sorry, I did not get that\./);
    expect(said[1]).toMatch(/the second one/);
    expect(said[2]).toMatch(/type/);
    expect(new Set(said).size).toBe(3);
  });

  it('is forgiven once something was understood', () => {
    expect(talk('', '', 'book an appointment', '').reply.say).toMatch(/^Sorry, I did not get that/);
  });

  it.each(['how much does it cost', 'are you a robot', 'can i speak to a person'])(
    'or asks for what it does not know is answered honestly: %s',
    (said) => {
      const { reply } = talk(...OFFERED, said);
      expect(reply.calls).toStrictEqual([]);
      expect(reply.say).toMatch(/(?:cannot answer|not a person).*Which one suits you\?$/);
    },
  );

  it('a change of an older appointment is declined where no tool can make it', () => {
    const asked = new Talk(dialogue, ['list_available_slots']).play(
      'i want to cancel my appointment',
    );
    expect(asked.reply).toMatchObject({ calls: [] });
    expect(asked.reply.say).toMatch(/cannot change or cancel/);
  });

  it('may be asked to be repeated', () => {
    expect(talk(...OFFERED, 'can you repeat that please').reply.say).toMatch(
      /1:00 PM, 2:30 PM, or 4:00 PM/,
    );
  });

  it('as typed text it does not know keeps the question open', () => {
    expect(talk(...CHOSEN, 'typed:xyzzy plugh').reply.say).toMatch(/did not understand.*name\?$/);
  });
});

describe('the dialogue', () => {
  it('replies to the same items with the same reply, and leaves them alone', () => {
    const { conversation } = talk(...CONFIRMING);
    const before = structuredClone(conversation);
    const replies = [1, 2].map(() => createDialogue().reply(conversation));
    expect(replies[0]).toStrictEqual(replies[1]);
    expect(conversation).toStrictEqual(before);
  });
});
