import { measureAvailability } from './measure-availability.ts';

const DELAY = 2_000;

/** Prints how long a caller waits for free times while the provider takes two seconds a request. */
export async function runAvailability(calls: number): Promise<void> {
  const { ours, direct, requests } = await measureAvailability({ calls, delay: DELAY });
  console.log(`list_available_slots, the provider takes ${DELAY} ms a request, ${calls} callers`);
  console.log('|  | Slotline | a request each time |');
  console.log('| --- | --- | --- |');
  for (const [name, share] of [
    ['median', 0.5],
    ['p99', 0.99],
  ] as const) {
    console.log(`| ${name} | ${at(ours, share)} ms | ${at(direct, share)} ms |`);
  }
  console.log(`| requests for slots | ${requests.ours} | ${requests.direct} |`);
}

function at(figures: number[], share: number): number {
  const sorted = figures.toSorted((a, b) => a - b);
  return Math.round(sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)] ?? 0);
}
