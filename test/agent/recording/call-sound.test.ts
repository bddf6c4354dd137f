import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import { CallSound } from '../../../agent/recording/call-sound.ts';
import { decodeMuLaw } from '../../../runtime/g711.ts';

const RATE = 16_000;
/** Milliseconds of a piece. */
const PIECE = 20;

function collectGarbage(): void {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
}

/** A tone. */
function tone(milliseconds: number, hertz: number, rate: number): Int16Array {
  const length = Math.round((milliseconds / 1_000) * rate);
  return Int16Array.from({ length }, (_, index) =>
    Math.round(9_000 * Math.sin((2 * Math.PI * hertz * index) / rate)),
  );
}

function sides(bytes: Uint8Array): { caller: Int16Array; agent: Int16Array } {
  const samples = decodeMuLaw(bytes);
  return {
    caller: samples.filter((_, index) => index % 2 === 0),
    agent: samples.filter((_, index) => index % 2 === 1),
  };
}

/** Milliseconds of the first and the last loud sample; null where there is none. */
function loud(samples: Int16Array): [number, number] | null {
  const first = samples.findIndex((sample) => Math.abs(sample) > 1_000);
  const last = samples.findLastIndex((sample) => Math.abs(sample) > 1_000);
  return first === -1 ? null : [(first / RATE) * 1_000, (last / RATE) * 1_000];
}

/** How loud a tone is in a sound, of 1. */
function share(samples: Int16Array, hertz: number): number {
  let real = 0;
  let imaginary = 0;
  let power = 0;
  for (const [index, sample] of samples.entries()) {
    const angle = (2 * Math.PI * hertz * index) / RATE;
    real += sample * Math.cos(angle);
    imaginary += sample * Math.sin(angle);
    power += sample * sample;
  }
  return (2 * (real * real + imaginary * imaginary)) / samples.length / power;
}

function say(
  sound: CallSound,
  samples: Int16Array,
  {
    from,
    rate = RATE,
    arrives = (end: number) => end,
  }: {
    from: number;
    rate?: number;
    arrives?: (end: number) => number;
  },
): void {
  const length = (PIECE / 1_000) * rate;
  for (let at = 0; at < samples.length; at += length) {
    const data = samples.slice(at, at + length);
    const end = from + ((at + data.length) / rate) * 1_000;
    sound.callerSaid({ data, sampleRate: rate }, arrives(end));
  }
}

test('keeps both sides in step, with the silence between', () => {
  const sound = new CallSound(1_000);
  say(sound, tone(400, 440, RATE), { from: 1_500 });
  sound.agentPlays({ data: tone(300, 880, 24_000), sampleRate: 24_000 }, 2_100);
  const { caller, agent } = sides(sound.take(3_000));
  expect(caller).toHaveLength(2 * RATE);
  expect(loud(caller)?.map(Math.round)).toEqual([500, 900]);
  expect(loud(agent)?.map((at) => Math.round(at / 5) * 5)).toEqual([1_100, 1_400]);
});

test('turns the rates of a model and of a telephone into its own, and nothing else', () => {
  for (const rate of [8_000, 24_000, 48_000]) {
    const sound = new CallSound(0);
    const data = tone(1_000, 1_000, rate);
    for (let at = 0; at < data.length; at += rate / 50) {
      const piece = data.slice(at, at + rate / 50);
      sound.agentPlays({ data: piece, sampleRate: rate }, (at / rate) * 1_000);
    }
    const { agent } = sides(sound.take(990));
    expect(share(agent, 1_000)).toBeGreaterThan(0.995);
  }
});

test('lets nothing be heard that its rate cannot carry', () => {
  const sound = new CallSound(0);
  sound.agentPlays({ data: tone(1_000, 10_000, 24_000), sampleRate: 24_000 }, 0);
  expect(loud(sides(sound.take(990)).agent.subarray(200))).toBeNull();
});

test('ends the agent where it was interrupted', () => {
  const sound = new CallSound(0);
  for (let at = 0; at < 2_000; at += PIECE) {
    sound.agentPlays({ data: tone(PIECE, 500, 24_000), sampleRate: 24_000 }, at);
  }
  sound.agentStops(700);
  sound.agentPlays({ data: tone(200, 500, 24_000), sampleRate: 24_000 }, 1_500);
  const { agent } = sides(sound.take(2_500));
  expect(Math.round(loud(agent.subarray(0, RATE))?.[1] ?? 0)).toBeCloseTo(700, -1);
  expect(Math.round(loud(agent.subarray(RATE))?.[0] ?? 0)).toBeCloseTo(500, -1);
});

test('puts what waited together where it belongs', () => {
  const sound = new CallSound(0);
  const words = tone(1_000, 440, RATE);
  // For 300 ms the process stands still, and everything comes at once.
  say(sound, words, { from: 500, arrives: (end) => (end > 800 && end < 1_100 ? 1_100 : end) });
  const { caller } = sides(sound.take(2_000));
  expect(loud(caller)?.map(Math.round)).toEqual([500, 1_500]);
  expect(share(caller.subarray(RATE / 2, 1.5 * RATE), 440)).toBeGreaterThan(0.995);
});

test('keeps the gap of a caller whose microphone was off', () => {
  const sound = new CallSound(0);
  say(sound, tone(300, 440, RATE), { from: 0 });
  say(sound, tone(300, 440, RATE), { from: 5_000 });
  sound.take(1_000);
  const { caller } = sides(sound.take(6_000));
  expect(loud(caller)?.map(Math.round)).toEqual([4_000, 4_300]);
});

test('comes out the same whether it is taken at once or piece by piece', () => {
  const play = (take: (sound: CallSound, now: number) => void): CallSound => {
    const sound = new CallSound(0);
    for (let at = 0; at < 3_000; at += PIECE) {
      if (at % 1_500 < 900) say(sound, tone(PIECE, 440, RATE), { from: at });
      if (at % 1_000 > 500)
        sound.agentPlays({ data: tone(PIECE, 880, 24_000), sampleRate: 24_000 }, at + 100);
      take(sound, at);
    }
    return sound;
  };
  const whole = play(() => {}).take(4_000);
  const pieces: Uint8Array[] = [];
  const rest = play((sound, now) => {
    if (now % 300 === 0) pieces.push(sound.take(now - 200));
  }).take(4_000);
  expect(Buffer.concat([...pieces, rest]).equals(whole)).toBe(true);
});

test('does not grow with the call', async () => {
  const sound = new CallSound(0);
  collectGarbage();
  const before = process.memoryUsage().arrayBuffers;
  const piece = tone(PIECE, 440, RATE);
  for (let at = 0; at < 120_000; at += PIECE) {
    sound.callerSaid({ data: piece, sampleRate: RATE }, at + PIECE);
    sound.agentPlays({ data: piece, sampleRate: RATE }, at);
    if (at % 1_000 === 0) sound.take(at - 1_000);
  }
  expect(sound.take(120_000).length).toBeLessThan(4 * 2 * RATE);
  // Buffers are freed some time after what held them.
  await expect
    .poll(() => {
      collectGarbage();
      return process.memoryUsage().arrayBuffers - before;
    })
    .toBeLessThan(2_000_000);
});
