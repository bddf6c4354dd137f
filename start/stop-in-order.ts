import { settledWithin } from '../runtime/within.ts';
import { STOP_STAGES } from './part.ts';
import type { Part } from './part.ts';
import type { PartProcess } from './part-process.ts';

/**
 * The worker lets a call go on after SIGTERM, for up to an hour. So the media server is stopped
 * after this time even while calls last: that ends them properly, and the worker can write how.
 */
const CALLS_GET = 500;

/** Stops processes stage by stage; each is ended by force when its time is over. */
export async function stopInOrder(
  entries: readonly { part: Pick<Part, 'stop'>; child: PartProcess }[],
): Promise<void> {
  const earlier: Promise<unknown>[] = [];
  for (const stage of STOP_STAGES) {
    const members = entries.filter(({ part }) => part.stop.stage === stage);
    if (members.length === 0) continue;
    const before = Promise.all(earlier);
    await settledWithin(stage === 'media' ? CALLS_GET : Infinity, before);
    earlier.push(...members.map(({ part, child }) => stopOne(child, part.stop)));
  }
  await Promise.all(earlier);
}

async function stopOne(child: PartProcess, plan: Part['stop']): Promise<void> {
  const timers = [setTimeout(() => child.kill(), plan.killAfter)];
  if (plan.againAfter !== undefined) {
    timers.push(setTimeout(() => child.signal('SIGTERM'), plan.againAfter));
  }
  child.signal('SIGTERM');
  await child.gone;
  for (const timer of timers) clearTimeout(timer);
}
