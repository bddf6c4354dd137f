import type { Conversation, Reply } from '../mind.ts';
import type { FoundAppointment, OfferedSlot } from './offered-slot.ts';
import type { Wish } from './wish.ts';

/** What the caller was asked last: it decides how the next sentence is understood. */
export type Expecting =
  | 'wish'
  /** The calendar asked back, e.g. which of two days was meant. */
  | 'answer'
  | 'choice'
  | 'name'
  | 'email'
  /** Something else that the calendar asks of whoever books. */
  | 'also'
  | 'confirmation'
  /** Whether another address was meant than the one that was read back. */
  | 'likely-email'
  /** The caller said no to the confirmation. */
  | 'change'
  /** A tool failed; yes tries again. */
  | 'retry'
  /** On which day the appointment is that the caller asks about. */
  | 'appointment-day'
  /** Whether a code shall be mailed, to look an appointment up with it. */
  | 'code-offer'
  | 'code'
  /** A phone number, by phone with keys. */
  | 'keys'
  | 'message-offer'
  | 'message'
  /** Whether the number of the line is the one to call back. */
  | 'callback'
  /** Which of several appointments is meant. */
  | 'which-appointment'
  /** Whether the appointment that was found shall be moved or cancelled. */
  | 'appointment-action'
  | 'cancel-confirmation'
  | 'anything-else';

/** What the caller is about: a new appointment, one that exists, or a message. */
export type Errand = 'book' | 'find' | 'cancel' | 'reschedule' | 'message';

export type ToolCall = Reply['calls'][number];

/** Where a call stands. Built anew from the conversation's items for every reply. */
export interface Course {
  expecting: Expecting;
  errand: Errand;
  /** Words of the wish the calendar was asked last; null when any time would do. */
  wish: Wish | null;
  /** The calendar's open question. */
  question: string | null;
  /** The kinds of appointment there are; none where there is only one. */
  kinds: string[];
  /** The kind of appointment, once the caller has said it. */
  event: string | null;
  /** Who takes appointments; none where nobody is named. */
  hosts: string[];
  /** With whom it shall be, once the caller has said it. */
  host: string | null;
  /** What it is about, in the caller's words. */
  notes: string | null;
  /** How long it shall be, where the caller said so. */
  minutes: number | null;
  offered: OfferedSlot[];
  /** What else the calendar asks of whoever books, and what the caller said to it. */
  alsoAsked: string[];
  answers: { question: string; answer: string }[];
  chosen: OfferedSlot | null;
  name: string | null;
  email: string | null;
  /** "caller" is the number of the line. */
  phone: string | null;
  /** Name and address as they were read back because the booking asked for it; null before. */
  readBack: { name: string; email: string | null } | null;
  /** What the booking asks about: the address that was probably meant. */
  likelyEmail: string | null;
  /** The caller has no address, or it was not understood three times: it is booked without. */
  withoutEmail: boolean;
  /** Whether the appointment was looked for by the number of the line. */
  soughtByNumber: boolean;
  /** What is to be written down for the business, and where to call back. */
  message: string | null;
  callback: string | null;
  /** When the appointment is that the caller asks about, in the caller's words. */
  detail: string | null;
  found: FoundAppointment[];
  /** The one that is moved or cancelled. */
  subject: FoundAppointment | null;
  /** Booked in this call, and still standing. */
  made: FoundAppointment[];
  /** "Eastern time", as the calendar's answers call it. */
  timeZone: string;
  /** The question the caller has to answer, to say again when it was not heard. */
  openQuestion: string;
  failedCall: ToolCall | null;
  /** Sentences in a row of which nothing was understood. */
  misses: number;
  /** The caller has not heard the whole of the question, or was asked since whether they are still there. */
  unheard: boolean;
  endings: number;
  /** Each tool's name and the parameters it takes. */
  readonly tools: ReadonlyMap<string, ReadonlySet<string>>;
  readonly business: string | null;
  /** By phone the last digits of the caller's number, as they are read out; null where it is withheld. */
  readonly phoneLine: { ending: string | null } | null;
}

/** The course of a call in which nothing was said yet. */
export function beginCourse(conversation: Conversation): Course {
  const phoneLine = readTelephoneLine(conversation);
  return {
    ...noAppointment(),
    expecting: 'wish',
    kinds: kindsOf(conversation.tools),
    hosts: hostsOf(conversation.tools),
    name: null,
    email: null,
    phone: (phoneLine?.ending ?? null) === null ? null : 'caller',
    readBack: null,
    likelyEmail: null,
    withoutEmail: false,
    message: null,
    callback: null,
    made: [],
    timeZone: '',
    openQuestion: 'How can I help you?',
    failedCall: null,
    misses: 0,
    unheard: false,
    endings: 0,
    tools: new Map(conversation.tools.map((tool) => [tool.name, parametersOf(tool.parameters)])),
    business: /^Business: (.+)$/m.exec(conversation.instructions)?.[1]?.trim() ?? null,
    phoneLine,
  };
}

/** What is begun next is about another appointment, for the same person. */
export function forgetAppointment(course: Course): void {
  Object.assign(course, noAppointment());
}

function noAppointment() {
  return {
    errand: 'book' as const,
    wish: null,
    question: null,
    event: null,
    host: null,
    notes: null,
    minutes: null,
    offered: [],
    alsoAsked: [],
    answers: [],
    chosen: null,
    soughtByNumber: false,
    detail: null,
    found: [],
    subject: null,
  };
}

/** Only a phone has keys; what is known of the number stands in the instructions. */
function readTelephoneLine({ tools, instructions }: Conversation): Course['phoneLine'] {
  if (!tools.some(({ name }) => name === 'expect_keys')) return null;
  const ending = /\bcall from is known and ends in (\d(?: \d)*)/.exec(instructions)?.[1];
  return { ending: ending ?? null };
}

interface ParameterSchema {
  properties?: Record<string, { description?: string }>;
}

function parametersOf(schema: unknown): Set<string> {
  return new Set(Object.keys((schema as ParameterSchema | null)?.properties ?? {}));
}

/** "The kind of appointment: Demo, Support. Null until …": what the tool's own description lists. */
function kindsOf(tools: Conversation['tools']): string[] {
  const described = describedIn(tools, 'event');
  return /: ([^.]+)\./.exec(described)?.[1]?.split(', ') ?? [];
}

/** "With whom, in the caller's words: Dr. Adams; Dr. Baker. Null where …" likewise. */
function hostsOf(tools: Conversation['tools']): string[] {
  return /: (.+?)\. Null/.exec(describedIn(tools, 'with'))?.[1]?.split('; ') ?? [];
}

function describedIn(tools: Conversation['tools'], parameter: string): string {
  const schema = tools.find(({ name }) => name === 'list_available_slots')?.parameters;
  return (schema as ParameterSchema | undefined)?.properties?.[parameter]?.description ?? '';
}
