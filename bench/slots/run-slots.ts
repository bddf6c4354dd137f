import { USUAL_AVAILABILITY } from '../../calendar/slots/availability.ts';
import { freeSlots } from '../../calendar/slots/free-slots.ts';
import type { BusyTime, SlotQuestion } from '../../calendar/slots/free-slots.ts';
import { seededRandom } from '../storm/random.ts';

const DAY = 86_400_000;
const DAYS = 90;
const RUNS = 200;
/** Milliseconds. */
const GOAL = 20;

/** Prints how long it takes to find the free slots of 90 days among the events of a calendar. */
export function runSlots(): void {
  console.log(`free slots of ${DAYS} days, a step of 15 minutes, nine to five, ${RUNS} runs`);
  console.log('| busy times | free slots | median | p95 | asked |');
  console.log('| --- | --- | --- | --- | --- |');
  for (const count of [0, 500, 5_000, 50_000]) {
    const question = ask(count);
    const times: number[] = [];
    let found = 0;
    for (let run = 0; run < RUNS; run += 1) {
      const began = performance.now();
      found = freeSlots(question).length;
      times.push(performance.now() - began);
    }
    const goal = count === 5_000 ? `≤ ${GOAL} ms` : '';
    console.log(`| ${count} | ${found} | ${at(times, 0.5)} ms | ${at(times, 0.95)} ms | ${goal} |`);
  }
}

function ask(count: number): SlotQuestion {
  const random = seededRandom(1);
  const now = Date.UTC(2027, 1, 1);
  const busy = Array.from({ length: count }, (): BusyTime => {
    const start = now + Math.floor((random() * DAYS * DAY) / 300_000) * 300_000;
    const end = start + 300_000;
    return { start: new Date(start), end: new Date(end), allDay: false, shows: 'busy' };
  });
  return {
    timeZone: 'America/New_York',
    availability: { ...USUAL_AVAILABILITY, step: 15, daysAhead: DAYS },
    durationMinutes: 30,
    range: { from: new Date(now), to: new Date(now + DAYS * DAY) },
    now: new Date(now),
    busy,
    own: [],
  };
}

function at(figures: readonly number[], share: number): string {
  const sorted = figures.toSorted((a, b) => a - b);
  const index = Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1);
  return (sorted[index] ?? 0).toFixed(1);
}
