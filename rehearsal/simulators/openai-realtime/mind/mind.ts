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
  /** JSGF grammar to listen with now. */
  grammar(conversation: Conversation): string;
  /** What the ears may make use of for the next turn. */
  listening(conversation: Conversation): Listening;
}

/** Takes PCM16 mono at 16 kHz and decodes while it streams. */
export interface Ears {
  begin(grammar: string): void;
  feed(samples: Int16Array): void;
  /** Answers '' when nothing was recognised. */
  end(): string;
  close(): void;
}

export interface Voice {
  /** Resolves with PCM16 mono at 24 kHz. */
  speak(text: string): Promise<Int16Array>;
}

/** Wraps the WebRTC voice-activity detector of soundswallower's Endpointer. */
export interface SpeechDetector {
  /** Takes one frame of 480 samples (30 ms at 16 kHz); true while speech. */
  process(frame: Int16Array): boolean;
  close(): void;
}

export interface Mind {
  dialogue: Dialogue;
  voice: Voice;
  openEars(): Promise<Ears>;
  /** One speech detector a session. */
  openSpeechDetector(): Promise<SpeechDetector>;
}
