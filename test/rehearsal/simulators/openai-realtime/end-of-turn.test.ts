import { describe, expect, it } from 'vitest';
import { soundsComplete } from '../../../../rehearsal/simulators/openai-realtime/end-of-turn.ts';

describe('soundsComplete', () => {
  it.each(['yes', 'next tuesday afternoon', 'at two thirty p m', 'nine a m', 'the second one'])(
    'lets "%s" end the turn',
    (transcript) => expect(soundsComplete(transcript)).toBe(true),
  );

  it.each(['', 'i would like to', 'my name is', 'm a r y', 'mary dot', 'mary at', 'on the'])(
    'waits after "%s"',
    (transcript) => expect(soundsComplete(transcript)).toBe(false),
  );
});
