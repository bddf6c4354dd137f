import type { Conversation, Reply } from '../../rehearsal/simulators/openai-realtime/mind/mind.ts';

/**
 * Knows nothing but the items of its conversation: books once when it is asked to, tells the result, and
 * tells at any time what it did. It would book twice if it forgot that it did once, or was asked twice.
 */
export function replyFromItems({ items, responseInstructions }: Conversation): Reply {
  const exact = /word for word: "(.*)"/u.exec(responseInstructions ?? '');
  if (exact?.[1] !== undefined) return { say: exact[1], calls: [] };
  const results = items.flatMap((item) =>
    item.type === 'function_call_output' ? item.output : [],
  );
  const asked = items.findLastIndex((item) => item.type === 'message' && item.role === 'user');
  const line = items[asked];
  const words = line?.type === 'message' ? line.text : '';
  const since = items.slice(asked + 1);
  const call = since.find((item) => item.type === 'function_call');
  const answer = since.find((item) => item.type === 'function_call_output');
  if (words.includes('what')) return { say: `So far: ${results.join(' and ')}.`, calls: [] };
  if (!words.includes('book')) return { say: `You said: ${words}.`, calls: [] };
  if (answer) return { say: `Done: ${answer.output}.`, calls: [] };
  if (call) return { say: 'One moment.', calls: [] };
  const preamble = words.includes('please') ? 'I will see to it.' : null;
  return { say: preamble, calls: [{ name: 'book', arguments: { n: 1 } }] };
}
