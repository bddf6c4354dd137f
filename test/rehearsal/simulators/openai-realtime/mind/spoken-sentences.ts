/** A moment of a call, reached by the lines before it, and what callers say then. */
/** What is about something else: the ears shall not make a wish of it. */
export const UNRELATED = [
  'the weather in london is lovely',
  'my dog ate a big sandwich for breakfast',
  'can somebody turn the television down',
  'she sells sea shells by the sea shore',
  'the stock market fell sharply on bad news',
  'i think the game starts in the second half',
];

export interface Moment {
  moment: string;
  before: string[];
  sentences: string[];
}

const CHOSEN = ['tuesday afternoon', 'tool:tuesday', 'the second one'];
const NAMED = [...CHOSEN, 'mary smith'];
const DETAILS = 'typed:My name is Mary Smith and my e-mail is mary.smith@example.com';

const SEARCHED = ['cancel my appointment', 'mary dot smith at example dot com'];

export const SPOKEN: Moment[] = [
  {
    moment: 'a booking wish',
    before: [],
    sentences: [
      'I would like to book an appointment',
      'i would like an appointment on friday morning',
      'i would like an appointment on wednesday november twenty fourth',
      'next tuesday afternoon',
      'tomorrow afternoon',
      'the twenty fourth',
      'a week from tomorrow',
      'the first monday of december',
      'next tuesday after lunch',
      'friday at half past two',
      'thursday after three',
      'do you have anything on wednesday afternoon',
      'can i come yesterday',
      'as soon as possible',
      'goodbye',
    ],
  },
  {
    moment: "an answer to the calendar's question",
    before: ['wednesday november twenty fourth', 'tool:question'],
    sentences: ['tuesday november twenty fourth', 'wednesday', 'tuesday'],
  },
  {
    moment: 'choosing among the offered times',
    before: ['tuesday afternoon', 'tool:tuesday'],
    sentences: [
      'the second one please',
      'two thirty',
      'the last one',
      'the one at four',
      "i'll take the first one",
      "one o'clock",
      'something later',
      'what about friday afternoon',
      'what about thursday morning',
      'none of these',
    ],
  },
  {
    moment: 'the name',
    before: CHOSEN,
    sentences: [
      'my name is mary smith',
      'my name is John Miller',
      'robert jones',
      'S, M, I, T, H',
      'patricia garcia',
    ],
  },
  {
    moment: 'the e-mail address',
    before: NAMED,
    sentences: [
      'mary dot smith at example dot com',
      'my e-mail is mary underscore smith at yahoo dot com',
      'mary smith four two at gmail dot com',
      'mary at outlook dot com',
    ],
  },
  {
    moment: 'a spelled e-mail address',
    before: [...CHOSEN, 'john miller'],
    sentences: ['j m i l l at example dot com', 'john dot miller at example dot org'],
  },
  {
    moment: 'the confirmation',
    before: [...CHOSEN, DETAILS],
    sentences: [
      'yes please',
      'yes',
      'no',
      "that's right",
      'book it',
      "no that's wrong",
      'actually the first one',
      'no wednesday instead',
    ],
  },
  {
    moment: 'what to change',
    before: [...CHOSEN, DETAILS, 'no'],
    sentences: ['what about friday afternoon', 'the name', 'the time'],
  },
  {
    moment: 'anything else',
    before: [...CHOSEN, DETAILS, 'yes', 'tool:booked'],
    sentences: [
      'no thank you',
      "that's all thank you",
      'goodbye',
      'yes',
      'i would like another appointment on monday',
    ],
  },
  {
    moment: 'a wish about an appointment that exists',
    before: [],
    sentences: [
      'i want to cancel my appointment',
      'i need to reschedule my appointment',
      'i would like to move my appointment',
      'do i have an appointment',
      'when is my appointment',
    ],
  },
  {
    moment: 'the address of an appointment that exists',
    before: SEARCHED.slice(0, 1),
    sentences: ['john miller at gmail dot com'],
  },
  {
    moment: 'the day of an appointment that exists',
    before: SEARCHED,
    sentences: ['it is on thursday', "i don't know"],
  },
  {
    moment: 'whether to cancel',
    before: [...SEARCHED, 'thursday', 'tool:found'],
    sentences: ['yes cancel it', "no don't cancel it"],
  },
  {
    moment: 'whether to move',
    before: [
      'move my appointment',
      ...SEARCHED.slice(1),
      'thursday',
      'tool:found',
      'tuesday',
      'tool:tuesday',
      'the first one',
    ],
    sentences: ['yes please', 'move it'],
  },
  {
    moment: 'what to do with an appointment',
    before: ['when is my appointment', ...SEARCHED.slice(1), 'thursday', 'tool:found'],
    sentences: ['cancel it please', 'i want to move it'],
  },
  {
    moment: 'which of several appointments',
    before: [...SEARCHED, 'thursday', 'tool:foundSeveral'],
    sentences: ['the one on thursday'],
  },
];

/** What is said by phone alone. */
export const SPOKEN_BY_PHONE: Moment[] = [
  {
    moment: 'the beginning of a phone call',
    before: [],
    sentences: [
      'i would like to speak to a person',
      'can i talk to a human please',
      'i would like to leave a message',
      'i would like an appointment on friday morning',
      'tomorrow afternoon',
    ],
  },
  {
    moment: 'the summary with the number of the line',
    before: [...NAMED, 'mary dot smith at example dot com'],
    sentences: ['yes please', 'no', 'another number please', 'a different number please'],
  },
  {
    moment: 'a spelled address',
    before: NAMED,
    sentences: [
      'M, A, R, Y, dot, S, M, I, T, H, at example dot com',
      'M, S, M, I, T, H, at gmail dot com',
      'mary dot smith at example dot com',
    ],
  },
  {
    moment: 'a message',
    before: ['i would like to leave a message'],
    sentences: [
      'please call me back tomorrow morning',
      'i have a question about my bill',
      'i will be ten minutes late',
    ],
  },
  {
    moment: 'where to call back',
    before: ['i would like to leave a message', 'please call me back', 'mary smith'],
    sentences: ['yes please', 'no', 'another number please'],
  },
];
