/**
 * What the protocol server asks of the rehearsal model's mind. This file is a leaf: the server and
 * the mind both depend on it and not on each other.
 */

/** One thing said or done in a conversation, in order, as the Realtime protocol's items. */
export type ConversationItem =
  | { type: 'message'; role: 'system' | 'user' | 'assistant'; text: string; via: 'audio' | 'text' }
  | { type: 'function_call'; name: string; callId: string; arguments: string }
  | { type: 'function_call_output'; callId: string; output: string };

/** What the model knows when it replies: everything of it came over the socket. */
export interface Conversation {
  instructions: string;
  /** Instructions of this one response, from `response.create`; null when it gave none. */
  responseInstructions: string | null;
  tools: { name: string; description: string; parameters: unknown }[];
  items: ConversationItem[];
}

export interface Reply {
  /** Words to speak or write; null when the reply is only function calls. */
  say: string | null;
  calls: { name: string; arguments: Record<string, unknown> }[];
}

/** What the ears may make use of while they listen to the next turn. */
export interface Listening {
  /** What was asked for that callers spell; null when nothing was. */
  spelled: 'name' | 'email' | 'number' | null;
  /** Words and phrases that were just offered or asked for, lower case. */
  offered: string[];
}

/** A pure function of the conversation: state is derived from the items, so a reconnected session goes on where it was. */
export interface Dialogue {
  reply(conversation: Conversation): Reply;
  /** What the ears may make use of for the next turn. */
  listening(conversation: Conversation): Listening;
}

/** What a caller said in one go. */
export interface Utterance {
  /** PCM16 mono at 16 kHz, with at most half a second of quiet before the first word. */
  samples: Int16Array;
  /** How much of it the speech detector took for a voice, milliseconds. */
  voiced: number;
}

/** Ears that all sessions share. */
export interface Ears {
  /**
   * Answers what was said, '' when no words were recognised.
   * @param signal aborted when nobody wants the answer any more: what was not begun is not done
   */
  hear(utterance: Utterance, listening: Listening, signal: AbortSignal): Promise<string>;
}

export interface Voice {
  /** Resolves with PCM16 mono at 24 kHz. */
  speak(text: string): Promise<Int16Array>;
}

/** Follows one line. */
export interface SpeechDetector {
  /** Takes one frame of 512 samples (32 ms at 16 kHz); true while speech. */
  process(frame: Int16Array): Promise<boolean>;
}

export interface Mind {
  dialogue: Dialogue;
  voice: Voice;
  ears: Ears;
  /** One speech detector a line. */
  openSpeechDetector(): Promise<SpeechDetector>;
}
