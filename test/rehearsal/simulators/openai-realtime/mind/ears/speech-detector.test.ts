import { describe, expect, it } from 'vitest';
import { createSpeechDetector } from '../../../../../../rehearsal/simulators/openai-realtime/mind/ears/speech-detector.ts';

/** Which frames are taken for speech, given how likely each is. */
async function speechIn(likelihoods: readonly number[]): Promise<string> {
  let frame = 0;
  const detector = createSpeechDetector({
    measure: async () => await Promise.resolve(likelihoods[frame++] ?? 0),
  });
  let taken = '';
  for (const _ of likelihoods) taken += (await detector.process(new Int16Array())) ? 's' : '.';
  return taken;
}

describe('a speech detector', () => {
  it('begins at the second frame that is surely speech', async () => {
    expect(await speechIn([0, 0.8, 0.9, 1, 1])).toBe('..sss');
  });

  it('begins at the fifth frame that may be speech: a short word after long quiet', async () => {
    expect(await speechIn([0.1, 0.35, 0.6, 0.47, 0.57, 0.57, 0.5, 0.34])).toBe('......s.');
  });

  it('does not begin for a click or a buzz that sets in', async () => {
    expect(await speechIn([0, 0.9, 0, 0, 0.67, 0.6, 0.5, 0.45, 0.1])).toBe('.........');
  });

  it('goes on through sounds that are hardly a voice', async () => {
    expect(await speechIn([0.9, 0.9, 0.4, 0.36, 0.9, 0.3, 0.9, 0.9])).toBe('.ssss..s');
  });
});
