import { openHearing } from '../../rehearsal/simulators/openai-realtime/mind/ears/open-hearing.ts';
import {
  readRecording,
  SENTENCES,
  VOICES,
} from '../../test/rehearsal/simulators/openai-realtime/mind/ears/natural-voices.ts';
import { atRest, hear } from '../../test/rehearsal/simulators/openai-realtime/mind/hearing.ts';

const RATE = 16_000;

/** What hearing costs: alone, and where so many callers end a sentence in the same instant. */
export async function runEars(callers: number): Promise<void> {
  const mind = openHearing();
  const before = memory();
  const loading = await timed(async () => await mind.openSpeechDetector());
  const lines = VOICES.flatMap((voice) =>
    SENTENCES.map((sentence) => atRest(readRecording(voice, sentence))),
  );
  await hear(mind, lines[0] ?? new Int16Array());
  console.log(`loading: ${loading.milliseconds} ms, ${memory() - before} MB`);

  const alone: number[] = [];
  let audio = 0;
  const cost = await timed(async () => {
    for (const line of lines) {
      audio += line.length / RATE;
      alone.push((await timed(async () => await hear(mind, line))).milliseconds);
    }
  });
  console.log(`one after the other: ${lines.length} sentences of ${audio.toFixed(0)} s in all`);
  console.log(`  processor: ${(cost.processor / 1_000 / audio).toFixed(3)} s a second of sound`);
  console.log(`  ${spread(alone)} ms each, with the detector's pass over the sound`);

  const together: number[] = [];
  const { signal } = new AbortController();
  for (let round = 0; round < 5; round++) {
    const utterances = Array.from({ length: callers }, (_, index) => ({
      samples: lines[(round * callers + index) % lines.length] ?? new Int16Array(),
      voiced: 1_000,
    }));
    const { milliseconds } = await timed(async () => {
      await Promise.all(
        utterances.map(
          async (utterance) =>
            await mind.ears.hear(utterance, { spelled: null, offered: [] }, signal),
        ),
      );
    });
    together.push(milliseconds);
  }
  console.log(`${callers} that end together: the last is heard after ${spread(together)} ms`);
  console.log(`memory of the process at the end: ${memory()} MB`);
}

async function timed(work: () => Promise<unknown>) {
  const begun = performance.now();
  const cpu = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(cpu);
  return {
    milliseconds: Math.round(performance.now() - begun),
    processor: (user + system) / 1_000,
  };
}

function spread(values: readonly number[]): string {
  const sorted = values.toSorted((one, other) => one - other);
  const [middle, last] = [sorted[Math.floor(sorted.length / 2)], sorted.at(-1)];
  return `median ${middle}, slowest ${last}`;
}

function memory(): number {
  return Math.round(process.memoryUsage.rss() / 1e6);
}
