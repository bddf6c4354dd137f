import { createHash } from 'node:crypto';
import type { Slot } from '../../calendar/calendar.ts';

/**
 * An opaque name for a slot. It depends on the instant, the duration and the event type and on no
 * zone: the same slot has the same id however it was asked for.
 */
export function slotId(slot: Slot, eventType: string): string {
  const identity = [eventType, slot.start.getTime(), slot.end.getTime()];
  const hash = createHash('sha256').update(JSON.stringify(identity)).digest();
  return `slot_${hash.readBigUInt64BE(0).toString(36)}`;
}
