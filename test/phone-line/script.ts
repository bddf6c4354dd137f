import { createMind } from '../../rehearsal/simulators/openai-realtime/mind/create-mind.ts';
import type {
  Conversation,
  ConversationItem,
  Mind,
  Reply,
} from '../../rehearsal/simulators/openai-realtime/mind/mind.ts';
import { createTestMind } from '../rehearsal/simulators/openai-realtime/test-mind.ts';

/** What a scripted model answers to the newest item; null: what it was asked to say, or "All right.". */
export type Script = (last: ConversationItem | undefined) => Reply | null;

/** What the ears of a scripted model understand. */
export const SENTENCE = 'i would like to book an appointment';

/** A model with real ears that answers as the test says. */
export async function createScriptedMind(script: () => Script): Promise<Mind> {
  const real = await createMind();
  // Telephones say their sentence at once: the ears are loaded before the first one calls.
  const { signal } = new AbortController();
  const nothing = { samples: new Int16Array(1600), voiced: 100 };
  await real.ears.hear(nothing, { spelled: null, offered: [] }, signal);
  const mind = createTestMind({
    reply: (conversation) => script()(conversation.items.at(-1)) ?? saysWhatItMust(conversation),
  });
  return {
    ...mind,
    ears: real.ears,
    openSpeechDetector: async () => await real.openSpeechDetector(),
  };
}

/** Says goodbye and hangs up once the caller said, or pressed, what matches. */
export function goodbyeAfter(pattern: RegExp): Script {
  return (last) => (isCaller(last, pattern) ? callTool('end_call', {}, 'Goodbye.') : null);
}

export function isCaller(item: ConversationItem | undefined, pattern: RegExp): boolean {
  return item?.type === 'message' && item.role === 'user' && pattern.test(item.text);
}

export function callTool(
  name: string,
  args: Record<string, unknown>,
  say: string | null = null,
): Reply {
  return { say, calls: [{ name, arguments: args }] };
}

function saysWhatItMust({ responseInstructions }: Conversation): Reply {
  const exactly = /word for word: "(.*)"/.exec(responseInstructions ?? '')?.[1];
  return { say: exactly ?? 'All right.', calls: [] };
}
