import { describe, expect, it } from 'vitest';

import { Recording } from '../../../rehearsal/caller/recording.ts';

describe('a recording', () => {
  it('has the caller on the left and the agent on the right, each at its time', () => {
    const recording = new Recording();
    for (let end = 20; end <= 1000; end += 20) {
      recording.caller.add(new Int16Array(320).fill(1), end);
    }
    recording.agent.add(new Int16Array(320).fill(2), 520);
    const wave = recording.wave();
    const frame = (milliseconds: number) => {
      const offset = 44 + milliseconds * 16 * 4;
      return [wave.readInt16LE(offset), wave.readInt16LE(offset + 2)];
    };
    expect(wave.length).toBe(44 + 16_000 * 4);
    expect(frame(100)).toEqual([1, 0]);
    expect(frame(510)).toEqual([1, 2]);
    expect(frame(530)).toEqual([1, 0]);
  });

  it('does not tear speech apart when frames come a little late', () => {
    const recording = new Recording();
    recording.agent.add(new Int16Array(320).fill(2), 20);
    recording.agent.add(new Int16Array(320).fill(3), 90);
    expect(recording.agent.length).toBe(640);
  });
});
