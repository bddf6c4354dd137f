import type {
  Conversation,
  ConversationItem,
  Dialogue,
  Listening,
  Reply,
} from '../../../../../rehearsal/simulators/openai-realtime/mind/mind.ts';

export const TOOLS = [
  'list_available_slots',
  'schedule_appointment',
  'find_appointments',
  'reschedule_appointment',
  'cancel_appointment',
  'end_call',
];

/** The tools of an agent that is called by phone and may put callers through. */
export const PHONE_TOOLS = [...TOOLS, 'take_message', 'expect_keys', 'escalate_to_human'];

/** What the instructions say of the line. */
export const NUMBER_KNOWN = '- The number they call from is known and ends in 0 1 2 3.';

/** The tools of an agent that offers several kinds of appointments, with the parameters they take. */
export const TOOLS_WITH_KINDS: Conversation['tools'] = [
  {
    name: 'list_available_slots',
    description: '',
    parameters: {
      properties: {
        when: {},
        range_days: {},
        duration_minutes: {},
        event: {
          description: 'The kind of appointment: Demo, Support. Null until the caller said which.',
        },
      },
      required: ['when', 'range_days', 'duration_minutes', 'event'],
    },
  },
];

/** The tools of an agent that can mail a code to whoever knows nothing of their appointment. */
export const TOOLS_WITH_CODE: readonly (string | Conversation['tools'][number])[] = [
  ...TOOLS.filter((tool) => tool !== 'find_appointments'),
  'take_message',
  {
    name: 'find_appointments',
    description: '',
    parameters: {
      properties: { email: {}, detail: {}, mail_code: {} },
      required: ['email', 'detail'],
    },
  },
];

/** Tool answers as the worker gives them, by the names the tables use. */
export const ANSWERS = {
  tuesday: slots('Tuesday, November 24, in the afternoon', [
    'Tuesday, November 24 at 1:00 PM',
    'Tuesday, November 24 at 2:30 PM',
    'Tuesday, November 24 at 4:00 PM',
  ]),
  soonest: slots('the soonest times', [
    'Tuesday, November 24 at 2:00 PM',
    'Wednesday, November 25 at 9:30 AM',
    'Friday, December 4 at 2:00 PM',
  ]),
  otherZone: slots('Tuesday, November 24, in the afternoon', [
    'Tuesday, November 24 at 1:00 PM Eastern time',
    'Tuesday, November 24 at 2:30 PM Eastern time',
  ]),
  alsoAsks: JSON.stringify({
    ...(JSON.parse(slots('Tuesday', ['Tuesday, November 24 at 2:30 PM'])) as object),
    ask_also: ['What is it about?', 'Which insurance?'],
  }),
  single: slots('Tuesday, November 24 at 2:30 PM', ['Tuesday, November 24 at 2:30 PM']),
  none: JSON.stringify({
    status: 'none',
    asked: 'Saturday, November 28',
    message: 'Nothing is free for Saturday, November 28.',
    slots: [
      { slot_id: 'slot_1', label: 'Friday, November 27 at 5:00 PM' },
      { slot_id: 'slot_2', label: 'Monday, November 30 at 9:00 AM' },
    ],
    time_zone: 'Eastern time',
  }),
  noneAtAll: JSON.stringify({
    status: 'none',
    message: 'Nothing is free for Saturday, November 28.',
  }),
  question: JSON.stringify({
    status: 'question',
    question:
      'November 24 is a Tuesday, not a Wednesday. Do you mean Tuesday, November 24, or Wednesday, November 25?',
  }),
  halves: JSON.stringify({
    status: 'question',
    question: 'Do you mean Thursday, November 26 at 8:00 AM, or Thursday, November 26 at 8:00 PM?',
  }),
  oneReading: JSON.stringify({
    status: 'question',
    question: 'I did not catch all of that. Do you mean Thursday, November 26 at 2:00 PM?',
  }),
  kind: JSON.stringify({ status: 'question', question: 'What is it for: Demo or Support?' }),
  booked: JSON.stringify({
    status: 'booked',
    message: 'Booked: Tuesday, November 24 at 2:30 PM Eastern time, for Mary Smith.',
    label: 'Tuesday, November 24 at 2:30 PM Eastern time',
    appointment_id: 'appointment_7',
  }),
  readBack: JSON.stringify({
    status: 'read_back',
    message: 'I have Jon Smyth and jon23@example.com. Is that right?',
    name: 'Jon Smyth',
    email: 'jon23@example.com',
  }),
  likelyAddress: JSON.stringify({
    status: 'read_back',
    message: 'I have Mary Smith and mary@gmial.com. Did you mean mary@gmail.com, or …?',
    name: 'Mary Smith',
    email: 'mary@gmial.com',
    did_you_mean: 'mary@gmail.com',
  }),
  requested: JSON.stringify({
    status: 'requested',
    message: 'Requested: Tuesday, November 24 at 2:30 PM. The business has yet to accept it.',
    label: 'Tuesday, November 24 at 2:30 PM',
    appointment_id: 'appointment_7',
  }),
  found: found('Thursday, November 26 at 10:00 AM'),
  foundLonger: JSON.stringify({
    status: 'found',
    message: 'I found your appointment: Thursday, November 26 at 10:00 AM.',
    appointments: [
      {
        appointment_id: 'appointment_1',
        label: 'Thursday, November 26 at 10:00 AM',
        event: 'Demo',
        duration_minutes: 60,
      },
    ],
  }),
  foundSeveral: found('Thursday, November 26 at 10:00 AM', 'Friday, November 27 at 3:00 PM'),
  whoCalls: JSON.stringify({
    status: 'question',
    message: 'What e-mail address was the appointment made with?',
  }),
  whichDay: JSON.stringify({
    status: 'question',
    message: 'On which day exactly is the appointment?',
  }),
  notFound: JSON.stringify({
    status: 'not_found',
    message: 'I cannot find an appointment with these details.',
  }),
  notFoundCode: JSON.stringify({
    status: 'not_found',
    message:
      'I cannot find an appointment with these details. If you like, I can mail a code to that address, and you tell me what it is.',
  }),
  codeMailed: JSON.stringify({
    status: 'question',
    message:
      'If an appointment was made with that address, a code of six digits is on its way to it. What is the code?',
  }),
  length: JSON.stringify({
    status: 'question',
    question: 'It can take 30 or 60 minutes. How long shall it be?',
  }),
  moved: JSON.stringify({
    status: 'rescheduled',
    message: 'Moved from Thursday, November 26 at 10:00 AM to Tuesday, November 24 at 2:30 PM.',
    label: 'Tuesday, November 24 at 2:30 PM',
  }),
  cancelled: JSON.stringify({
    status: 'cancelled',
    message: 'Cancelled: Thursday, November 26 at 10:00 AM.',
  }),
  taken: JSON.stringify({
    status: 'taken',
    message: 'Tuesday, November 24 at 2:30 PM has just been taken.',
    slots: [
      { slot_id: 'slot_1', label: 'Tuesday, November 24 at 1:00 PM' },
      { slot_id: 'slot_3', label: 'Tuesday, November 24 at 4:00 PM' },
    ],
  }),
  ready: JSON.stringify({ status: 'ready', next: 'Ask the caller to key it in now.' }),
  notAnnounced: JSON.stringify({ status: 'not_announced', next: 'Tell the caller.' }),
  notTransferred: JSON.stringify({
    status: 'not_transferred',
    message: 'I could not put you through.',
    next: 'Say so, and offer to take a message with take_message.',
  }),
  messageTaken: JSON.stringify({
    status: 'taken',
    message: 'I wrote your message down and will pass it on.',
  }),
  badNumber: 'The phone number cannot be right. Please ask the caller for it again.',
  needsEmail: 'The calendar needs the e-mail address. Please ask the caller for it.',
  unconfirmed: JSON.stringify({
    status: 'unconfirmed',
    message:
      'I could not confirm the booking yet. You will get a message as soon as it is settled.',
  }),
  notOffered: 'That time was not offered in this call. Call list_available_slots first.',
  badEmail: 'The calendar does not accept the e-mail address. Please ask for it again.',
  strange: JSON.stringify({ status: 'perhaps' }),
};

function found(...labels: string[]): string {
  return JSON.stringify({
    status: 'found',
    message: `I found your appointment: ${labels.join(' and ')}.`,
    appointments: labels.map((label, index) => ({
      appointment_id: `appointment_${index + 1}`,
      label,
      event: 'Appointment',
    })),
  });
}

function slots(asked: string, labels: string[]): string {
  return JSON.stringify({
    status: 'slots',
    asked,
    slots: labels.map((label, index) => ({ slot_id: `slot_${index + 1}`, label })),
    days: ['Tuesday, November 24: 6 times free from 1:00 PM to 5:30 PM'],
    time_zone: 'Eastern time',
  });
}

/** A caller's line; `tool:` answers the last call, `typed:` is chat, `told:` a response's own instructions. */
export type Line = string;

/** One conversation, played line by line; every reply is the last one's. */
export class Talk {
  readonly #dialogue: Dialogue;
  readonly conversation: Conversation;
  reply: Reply = { say: null, calls: [] };

  constructor(
    dialogue: Dialogue,
    tools: readonly (string | Conversation['tools'][number])[] = TOOLS,
    rules = '',
  ) {
    this.#dialogue = dialogue;
    this.conversation = {
      instructions:
        'You are the receptionist.\nBusiness: Harbor Street Clinic\nToday: Monday, November 23, 2026, 9:00 AM Eastern time\n' +
        rules,
      responseInstructions: null,
      tools: tools.map((tool) =>
        typeof tool === 'string' ? { name: tool, description: '', parameters: {} } : tool,
      ),
      items: [],
    };
    this.play('told:Say exactly this, word for word: "Hi, how can I help you?"');
  }

  play(...lines: readonly Line[]): this {
    for (const line of lines) this.#take(line);
    return this;
  }

  get listening(): Listening {
    return this.#dialogue.listening(this.conversation);
  }

  /** The reply to one more spoken sentence, without going on. */
  replyTo(text: string): Reply {
    const items: ConversationItem[] = [
      ...this.conversation.items,
      { type: 'message', role: 'user', text, via: 'audio' },
    ];
    return this.#dialogue.reply({ ...this.conversation, items });
  }

  #take(line: Line): void {
    const { items } = this.conversation;
    const [, kind = '', text = line] = /^(tool|typed|told):(.*)$/s.exec(line) ?? [];
    if (kind === 'tool') {
      const call = items.findLast((item) => item.type === 'function_call');
      if (call === undefined) throw new Error(`No tool was called before "${line}"`);
      const output = ANSWERS[text as keyof typeof ANSWERS];
      items.push({ type: 'function_call_output', callId: call.callId, output });
    } else if (kind !== 'told') {
      const via = kind === 'typed' ? 'text' : 'audio';
      items.push({ type: 'message', role: 'user', text, via });
    }
    this.reply = this.#dialogue.reply({
      ...this.conversation,
      responseInstructions: kind === 'told' ? text : null,
    });
    if (this.reply.say !== null) {
      items.push({ type: 'message', role: 'assistant', text: this.reply.say, via: 'audio' });
    }
    for (const { name, arguments: values } of this.reply.calls) {
      const callId = `call_${items.length}`;
      items.push({ type: 'function_call', name, callId, arguments: JSON.stringify(values) });
    }
  }
}
