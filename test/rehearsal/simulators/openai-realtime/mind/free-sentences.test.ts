import { describe, expect, it } from 'vitest';
import { createDialogue } from '../../../../../rehearsal/simulators/openai-realtime/mind/dialogue/dialogue.ts';
import { mistake, readMoments } from './right-replies.ts';

const dialogue = createDialogue();

const moments = [
  'free-sentences.yaml',
  'held-out-sentences.yaml',
  'breakers-sentences.yaml',
].flatMap(readMoments);

describe.each(moments)('$moment', (moment) => {
  it.each(Object.keys(moment.right))('gets the right reply: %s', (sentence) => {
    expect(mistake(dialogue, moment, sentence)).toBeNull();
  });
});
