import { describe, expect, it } from 'vitest';
import { Lanes } from '../../../../../../rehearsal/simulators/openai-realtime/mind/ears/lanes.ts';

const wanted = new AbortController().signal;

describe('lanes', () => {
  it('do as much at a time as there are lanes, in the order it came', async () => {
    const lanes = new Lanes(2);
    const begun: number[] = [];
    const gates = Array.from({ length: 4 }, () => Promise.withResolvers<void>());
    const done = gates.map(
      async (gate, index) =>
        await lanes.run(async () => {
          begun.push(index);
          await gate.promise;
        }, wanted),
    );
    expect(begun).toEqual([0, 1]);
    gates[1]?.resolve();
    await done[1];
    expect(begun).toEqual([0, 1, 2]);
    for (const gate of gates) gate.resolve();
    await Promise.all(done);
    expect(begun).toEqual([0, 1, 2, 3]);
  });

  it('do not begin what nobody wants any more, and go on', async () => {
    const lanes = new Lanes(1);
    const gate = Promise.withResolvers<string>();
    const first = lanes.run(async () => await gate.promise, wanted);
    const unwanted = new AbortController();
    const second = lanes.run(async () => await Promise.resolve('second'), unwanted.signal);
    const third = lanes.run(async () => await Promise.resolve('third'), wanted);
    unwanted.abort();
    gate.resolve('first');
    await expect(second).rejects.toThrow(/abort/i);
    expect(await Promise.all([first, third])).toEqual(['first', 'third']);
  });

  it('go on after work that failed', async () => {
    const lanes = new Lanes(1);
    const failing = lanes.run(async () => await Promise.reject(new Error('broken')), wanted);
    await expect(failing).rejects.toThrow('broken');
    expect(await lanes.run(async () => await Promise.resolve(7), wanted)).toBe(7);
  });
});
