import type { Calendar, Slot } from '../../calendar/calendar.ts';
import { HOLD_TIME } from '../offering/holds.ts';

/**
 * The one time a caller is deciding on, hidden at the provider from those who book on its own pages.
 * Advisory: the booking decides who has it in the end, and nobody waits for it.
 */
export class ProviderHold {
  #held: Promise<() => Promise<void>> | null = null;

  /** Holds a slot in the place of what was held; only where the provider can. */
  take(calendar: Calendar, slot: Slot): void {
    this.release();
    if (!calendar.hold) return;
    this.#held = calendar.hold(slot, HOLD_TIME / 1_000);
    this.#held.catch(() => {});
  }

  /** Gives free what is held, behind the call: what cannot be given free ends by itself. */
  release(): void {
    this.#held?.then((giveFree) => giveFree()).catch(() => {});
    this.#held = null;
  }
}
