import { describe, expect, it } from 'vitest';

import { SpeechMeter } from '../../../rehearsal/caller/speech-meter.ts';
import { AgentWords } from '../../../rehearsal/caller/transcription.ts';

const loud = new Int16Array(320).fill(4000);
const quiet = new Int16Array(320).fill(5);

/** Feeds 20 ms frames from one instant to another. */
function feed(
  meter: SpeechMeter,
  words: AgentWords,
  frame: Int16Array,
  from: number,
  to: number,
): void {
  for (let at = from; at < to; at += 20) {
    meter.push(frame, at + 20);
    words.tick();
  }
}

describe('what a caller hears', () => {
  it('is one utterance over a short pause and two over a long one', () => {
    const meter = new SpeechMeter();
    const words = new AgentWords(meter);
    feed(meter, words, quiet, 0, 200);
    feed(meter, words, loud, 200, 600);
    feed(meter, words, quiet, 600, 800);
    feed(meter, words, loud, 800, 1000);
    feed(meter, words, quiet, 1000, 2000);
    feed(meter, words, loud, 2000, 2200);
    expect(meter.utterances).toEqual([
      { start: 200, end: 1000 },
      { start: 2000, end: null },
    ]);
    expect(meter.speaking).toBe(true);
    expect(meter.firstSoundAfter(900)).toBe(2000);
    expect(meter.quietFor(2300)).toBe(100);
  });

  it('is only text that came with sound', () => {
    const meter = new SpeechMeter();
    const words = new AgentWords(meter);
    words.add('a', 'Good morning, ', 100);
    feed(meter, words, loud, 100, 1100);
    words.add('a', 'how can I help?', 1000);
    words.finish('a', 1200);
    words.add('b', 'This was published and never spoken.', 1300);
    feed(meter, words, quiet, 1300, 4000);
    expect(words.heardSince(0)).toBe('Good morning, how can I help?');
    expect(words.heardSince(500)).toBe('');
    expect(words.segments.map((segment) => words.isAudible(segment))).toEqual([true, false]);
  });

  it('does not lend the sound of one sentence to the next', () => {
    const meter = new SpeechMeter();
    const words = new AgentWords(meter);
    words.add('a', 'One moment.', 0);
    feed(meter, words, loud, 0, 5000);
    words.add('b', 'Booked for Tuesday.', 5000);
    feed(meter, words, quiet, 5000, 6000);
    expect(words.heardSince(0)).toBe('One moment.');
  });
});
