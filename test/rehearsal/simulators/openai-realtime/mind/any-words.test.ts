import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createDialogue } from '../../../../../rehearsal/simulators/openai-realtime/mind/dialogue/dialogue.ts';
import type {
  Conversation,
  ConversationItem,
} from '../../../../../rehearsal/simulators/openai-realtime/mind/mind.ts';
import { openAt, readMoments } from './right-replies.ts';
import { ANSWERS } from './talk.ts';

const dialogue = createDialogue();
const moments = [
  'free-sentences.yaml',
  'held-out-sentences.yaml',
  'breakers-sentences.yaml',
].flatMap(readMoments);
const sentences = moments.flatMap(({ right }) => Object.keys(right));
const FILLER = [
  'um',
  'uh',
  ',',
  '.',
  '?',
  'at',
  'dot',
  '@',
  'one',
  'a',
  'no',
  '12',
  "'",
  '[keys: 1]',
];

const anyMoment = fc.constantFrom(...moments);
const anyWords = fc
  .array(fc.oneof(fc.constantFrom(...sentences), fc.constantFrom(...FILLER), fc.string()), {
    maxLength: 8,
  })
  .map((parts) => parts.join(' '));

describe('whatever is said', () => {
  it('gets a reply at any moment of a call, within a moment', () => {
    fc.assert(
      fc.property(anyMoment, fc.array(anyWords, { minLength: 1, maxLength: 4 }), (moment, said) => {
        const talk = openAt(dialogue, moment).play(...said.map((words) => `typed:${words}`));
        const { say, calls } = talk.reply;
        expect((say ?? '') !== '' || calls.length > 0).toBe(true);
        expect(dialogue.listening(talk.conversation).offered).toBeInstanceOf(Array);
      }),
      { numRuns: 400 },
    );
  });

  it('gets a reply whatever a tool answers, and never a booking that no tool answered', () => {
    const anyAnswer = fc.oneof(fc.constantFrom(...Object.values(ANSWERS)), fc.json(), fc.string());
    fc.assert(
      fc.property(anyMoment, anyWords, anyAnswer, (moment, words, output) => {
        const { conversation, reply } = openAt(dialogue, moment).play(`typed:${words}`);
        const [call] = reply.calls;
        const items: ConversationItem[] = [
          ...conversation.items,
          { type: 'function_call_output', callId: 'call_unknown', output },
          { type: 'function_call_output', callId: `call_${conversation.items.length - 1}`, output },
        ];
        const { say } = dialogue.reply({ ...conversation, items });
        const isTold = output.toLowerCase().includes('booked') || call?.name === undefined;
        expect(isTold || !/\bbooked:/i.test(say ?? '')).toBe(true);
      }),
      { numRuns: 300 },
    );
  });
});

describe('a session that was opened anew', () => {
  it.each(moments.map((moment) => [moment.moment, moment] as const))(
    'goes on at the same moment, from what was written of the first: %s',
    (_, moment) => {
      const { conversation } = openAt(dialogue, moment);
      const [sentence = 'yes'] = Object.keys(moment.right);
      const next = (from: Conversation): unknown => {
        const items = [
          ...from.items,
          { type: 'message', role: 'user', text: sentence, via: 'text' } as const,
        ];
        return dialogue.reply({ ...from, items });
      };
      expect(next({ ...conversation, items: rewritten(conversation.items) })).toStrictEqual(
        next(conversation),
      );
    },
  );
});

/** As a client hands a conversation back: all in writing, what was interrupted cut off. The last question was not. */
function rewritten(items: readonly ConversationItem[]): ConversationItem[] {
  const last = items.findLastIndex((item) => item.type === 'message');
  return items.map((item, index) => {
    if (item.type !== 'message') return item;
    const isCut = item.role === 'assistant' && index < last;
    return {
      ...item,
      text: isCut ? item.text.slice(0, item.text.length / 2) : item.text,
      via: 'text',
    };
  });
}
