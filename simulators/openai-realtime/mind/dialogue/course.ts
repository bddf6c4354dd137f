import type { Conversation } from '../mind.ts';
import type { OfferedSlot } from './offered-slot.ts';
import type { Wish } from './wish.ts';

/** What the caller was asked last: it decides how the next sentence is understood. */
export type Expecting =
  | 'wish'
  /** The calendar asked back, e.g. which of two days was meant. */
  | 'answer'
  | 'choice'
  | 'name'
  | 'email'
  | 'confirmation'
  /** The caller said no to the confirmation. */
  | 'change'
  /** A tool failed; yes tries again. */
  | 'retry'
  | 'anything-else';

export interface ToolCall {
  name: string;
  arguments: Record<string, unknown>;
}

/** Where a call stands. Built anew from the conversation's items for every reply. */
export interface Course {
  expecting: Expecting;
  /** Words of the wish the calendar was asked last; null when any time would do. */
  wish: Wish | null;
  /** The calendar's open question. */
  question: string | null;
  offered: OfferedSlot[];
  chosen: OfferedSlot | null;
  name: string | null;
  email: string | null;
  phone: string | null;
  /** "Eastern time", as the calendar's answers call it. */
  timeZone: string;
  /** The question the caller has to answer, to say again when it was not heard. */
  openQuestion: string;
  failedCall: ToolCall | null;
  /** Sentences in a row of which nothing was understood. */
  misses: number;
  /** The caller was asked whether they are still there. */
  hailed: boolean;
  endings: number;
  readonly tools: ReadonlySet<string>;
  readonly business: string | null;
}

/** The course of a call in which nothing was said yet. */
export function beginCourse(conversation: Conversation): Course {
  return {
    expecting: 'wish',
    wish: null,
    question: null,
    offered: [],
    chosen: null,
    name: null,
    email: null,
    phone: null,
    timeZone: '',
    openQuestion: 'How can I help you?',
    failedCall: null,
    misses: 0,
    hailed: false,
    endings: 0,
    tools: new Set(conversation.tools.map((tool) => tool.name)),
    business: /^Business: (.+)$/m.exec(conversation.instructions)?.[1]?.trim() ?? null,
  };
}
