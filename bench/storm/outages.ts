import { setTimeout as pause } from 'node:timers/promises';
import type { CalcomSimulator } from '../../rehearsal/simulators/calcom/create-calcom-simulator.ts';
import type { Random } from './random.ts';

/** What goes wrong at the provider at any time: answers that are lost, late, stale or errors. */
export function setFaults({ faults }: CalcomSimulator): void {
  const always = { times: null } as const;
  for (const operation of ['bookings.create', 'bookings.reschedule', 'bookings.cancel']) {
    faults.set({ ...always, operation, kind: 'commit-then-500', probability: 0.06 });
    faults.set({ ...always, operation, kind: 'commit-then-reset', probability: 0.04 });
    faults.set({ ...always, operation, kind: 'server-error', probability: 0.04 });
    faults.set({ ...always, operation, kind: 'connection-reset', probability: 0.03 });
    faults.set({ ...always, operation, kind: 'delay', milliseconds: 150, probability: 0.08 });
    // Long enough that a write of a killed process is made when its absence was seen already.
    faults.set({ ...always, operation, kind: 'delay', milliseconds: 2_000, probability: 0.05 });
  }
  faults.set({ ...always, operation: 'slots.list', kind: 'stale-slots', probability: 0.1 });
  faults.set({ ...always, kind: 'connection-reset', probability: 0.01 });
}

/** The provider is gone for a second or two, again and again until the storm is over. */
export async function breakDownAtTimes(
  simulator: CalcomSimulator,
  random: Random,
  isOver: () => boolean,
): Promise<void> {
  while (!isOver()) {
    await waitUnless(isOver, 4_000 + random() * 8_000);
    if (isOver()) return;
    simulator.faults.clear();
    simulator.faults.set({ kind: 'connection-reset', times: null });
    await waitUnless(isOver, 500 + random() * 1_500);
    simulator.faults.clear();
    setFaults(simulator);
  }
}

async function waitUnless(isOver: () => boolean, milliseconds: number): Promise<void> {
  const end = performance.now() + milliseconds;
  while (!isOver() && performance.now() < end) await pause(50);
}
