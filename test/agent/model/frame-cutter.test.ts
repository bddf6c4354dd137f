import { describe, expect, it } from 'vitest';
import { FrameCutter } from '../../../agent/model/frame-cutter.ts';

describe('FrameCutter', () => {
  it('cuts any pieces into frames of 20 ms and loses no sample', () => {
    const samples = Int16Array.from({ length: 4_321 }, (_, index) => (index * 37) % 32_768);
    const cutter = new FrameCutter();
    const frames = [];
    for (let at = 0, length = 1; at < samples.length; at += length, length = (length * 7) % 901) {
      frames.push(...cutter.write(samples.slice(at, at + length).buffer));
    }
    expect(frames.every((frame) => frame.samplesPerChannel === 480)).toBe(true);
    frames.push(...cutter.flush());
    expect(frames.flatMap((frame) => [...frame.data])).toEqual([...samples]);
    expect(cutter.flush()).toEqual([]);
  });
});
