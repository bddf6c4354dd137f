import type { Conversation, Dialogue, Reply } from '../mind.ts';
import { beginCourse } from './course.ts';
import type { Course, ToolCall } from './course.ts';
import { hearCaller } from './hear-caller.ts';
import { hearTool } from './hear-tool.ts';
import { listeningFor } from './listening.ts';
import { say } from './replies.ts';
import { greeting, toldWords } from './told-words.ts';

const NOTES = 'note_details';
const ANNOUNCEMENT = 'This is a rehearsal, and I can talk about appointments only.';

/**
 * The rehearsal model's manners: it books one appointment after the other, and knows nothing but
 * the conversation. Every reply follows from the items alone.
 */
export function createDialogue(): Dialogue {
  return {
    reply(conversation) {
      const { course, reply: followed, announced, calls } = follow(conversation);
      const own = ownInstructions(conversation);
      const told = own === null ? null : toldWords(own, course);
      if (told !== null) return say(announced ? told : `${told} ${ANNOUNCEMENT}`);
      const reply = followed ?? say(greeting(course));
      reply.calls.push(...notes(course, [...calls.values()]));
      const next = completed(reply, conversation.tools);
      if (announced || next.say === null) return next;
      return { ...next, say: `${ANNOUNCEMENT} ${next.say}` };
    },
    listening: (conversation) => listeningFor(follow(conversation).course),
  };
}

/**
 * What a response is told beyond the session's instructions. Clients of the Realtime API repeat the
 * session's in front, because a response's own replace them (agents-js does); quotes in those are
 * no words to say.
 */
function ownInstructions({ instructions, responseInstructions }: Conversation): string | null {
  if (responseInstructions === null || !responseInstructions.startsWith(instructions)) {
    return responseInstructions;
  }
  return responseInstructions.slice(instructions.length).trim() || null;
}

/** What was said and done, one after the other: where that leads, and the reply to the last of it. */
function follow(conversation: Conversation) {
  const course = beginCourse(conversation);
  const calls = new Map<string, ToolCall>();
  let reply: Reply | null = null;
  let announced = false;
  for (const item of conversation.items) {
    switch (item.type) {
      case 'function_call':
        calls.set(item.callId, { name: item.name, arguments: readArguments(item.arguments) });
        break;
      case 'function_call_output':
        if (calls.get(item.callId)?.name === NOTES) break;
        reply = hearTool(course, calls.get(item.callId), item.output);
        break;
      case 'message':
        if (item.role === 'user') reply = hearCaller(course, item.text, item.via);
        if (item.role !== 'assistant') break;
        announced = true;
        course.unheard = leavesUnheard(course, item.text);
        // Asked for another response with nothing new said, it asks its question again.
        reply = say(course.openQuestion);
        break;
    }
  }
  return { course, reply, announced, calls };
}

/** Shows the caller, where they have a page, what was heard of them and is not shown yet. */
function notes({ tools, chosen, name, email, phone }: Course, calls: ToolCall[]): ToolCall[] {
  const noted = calls.filter((call) => call.name === NOTES).map((call) => call.arguments);
  const known = Object.entries({ slot_id: chosen?.id ?? null, name, email, phone });
  const news = known.filter(
    ([part, value]) => value !== null && !noted.some((note) => note[part] === value),
  );
  if (!tools.has(NOTES) || news.length === 0) return [];
  return [{ name: NOTES, arguments: Object.fromEntries(news) }];
}

/** Nobody agrees to what they were not told, because they interrupted it or were asked something else. */
function leavesUnheard({ expecting, openQuestion }: Course, said: string): boolean {
  if (/\bstill (?:there|on the line)\b/i.test(said)) return true;
  const details = openQuestion.replace(/ ?[^.?!]*\?$/, '') || openQuestion;
  return /^(?:.*confirmation|likely-email)$/.test(expecting) && !said.includes(details);
}

/** Gives null for every parameter that a tool requires and that the dialogue does not know. */
function completed(reply: Reply, tools: Conversation['tools']): Reply {
  const calls = reply.calls.map(({ name, arguments: given }) => {
    const schema = tools.find((tool) => tool.name === name)?.parameters;
    const { required = [] } = (schema ?? {}) as { required?: string[] };
    const unknown = required.filter((parameter) => !(parameter in given));
    return {
      name,
      arguments: { ...given, ...Object.fromEntries(unknown.map((parameter) => [parameter, null])) },
    };
  });
  return { ...reply, calls };
}

function readArguments(json: string): Record<string, unknown> {
  try {
    const parsed: unknown = JSON.parse(json);
    return typeof parsed === 'object' && parsed !== null ? { ...parsed } : {};
  } catch {
    return {};
  }
}
