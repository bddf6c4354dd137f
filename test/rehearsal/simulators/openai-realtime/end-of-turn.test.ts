import { describe, expect, it } from 'vitest';
import { soundsComplete } from '../../../../rehearsal/simulators/openai-realtime/end-of-turn.ts';

describe('soundsComplete', () => {
  it.each([
    'yes',
    'Yes.',
    'next tuesday afternoon',
    'at two thirty p m',
    'At 9 a.m.',
    'At 2.',
    "What's free?",
    'the second one',
  ])('lets "%s" end the turn', (transcript) => expect(soundsComplete(transcript)).toBe(true));

  it.each([
    '',
    'i would like to',
    'I would like to.',
    'It is M-A-R-Y.',
    'Maybe...',
    'K-',
    'my name is',
    'm a r y',
    'mary dot',
    'mary at',
    'on the',
  ])('waits after "%s"', (transcript) => expect(soundsComplete(transcript)).toBe(false));
});
