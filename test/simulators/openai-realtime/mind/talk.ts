import type {
  Conversation,
  ConversationItem,
  Dialogue,
  Reply,
} from '../../../../simulators/openai-realtime/mind/mind.ts';

export const TOOLS = ['list_available_slots', 'schedule_appointment', 'end_call'];

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
  booked: JSON.stringify({
    status: 'booked',
    message: 'Booked: Tuesday, November 24 at 2:30 PM Eastern time, for Mary Smith.',
  }),
  taken: JSON.stringify({
    status: 'taken',
    message: 'Tuesday, November 24 at 2:30 PM has just been taken.',
    slots: [
      { slot_id: 'slot_1', label: 'Tuesday, November 24 at 1:00 PM' },
      { slot_id: 'slot_3', label: 'Tuesday, November 24 at 4:00 PM' },
    ],
  }),
  unconfirmed: JSON.stringify({
    status: 'unconfirmed',
    message:
      'I could not confirm the booking yet. You will get a message as soon as it is settled.',
  }),
  notOffered: 'That time was not offered in this call. Call list_available_slots first.',
  badEmail: 'The calendar does not accept the e-mail address. Please ask for it again.',
  strange: JSON.stringify({ status: 'perhaps' }),
};

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

  constructor(dialogue: Dialogue, tools: readonly string[] = TOOLS) {
    this.#dialogue = dialogue;
    this.conversation = {
      instructions:
        'You are the receptionist.\nBusiness: Harbor Street Clinic\nToday: Monday, November 23, 2026, 9:00 AM Eastern time',
      responseInstructions: null,
      tools: tools.map((name) => ({ name, description: '', parameters: {} })),
      items: [],
    };
    this.play('told:Say exactly this, word for word: "Hi, how can I help you?"');
  }

  play(...lines: readonly Line[]): this {
    for (const line of lines) this.#take(line);
    return this;
  }

  get grammar(): string {
    return this.#dialogue.grammar(this.conversation);
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
