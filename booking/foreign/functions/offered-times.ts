import { DateTime } from 'luxon';
import type { OfferAnswer, OfferedSlot } from '../../offering/offer.ts';
import type { BookingDesk } from '../../desk/booking-desk.ts';
import { toldAs } from './function.ts';
import type { FunctionAnswer, ServedFunctions } from './function.ts';

const ONLY_THESE = 'Offer only these times; to book one, give its start exactly as it stands here.';

/**
 * An offer in one line: each time with the start by which it can be booked.
 * @param before what is said first, such as why a time was not booked
 */
export function tellOffer(
  answer: OfferAnswer,
  { desk, timeZone }: Pick<ServedFunctions, 'timeZone'> & { desk: BookingDesk },
  before: string | null = null,
): FunctionAnswer {
  if (answer.status === 'question') return toldAs(before, `Ask the caller: ${answer.question}`);
  const { slots, asked, event, message, days, ask_for, ask_also, time_zone } = answer;
  const what = event === undefined ? '' : ` of ${event}`;
  const head = answer.status === 'slots' ? `Free times${what} for ${asked}:` : (message ?? '');
  if (slots.length === 0) return toldAs(before, head, 'No other free time is near.');
  return toldAs(
    before,
    head,
    answer.status === 'none' ? 'Free near it:' : null,
    `${tellSlots(slots, { desk, timeZone })}. Times are ${time_zone}.`,
    ONLY_THESE,
    days.length > 0 ? `There is more: ${days.join('; ')}.` : null,
    ask_for ? `To book, ask for ${ask_for.join(' and ')}.` : null,
    ask_also ? `Ask also: ${ask_also.join('; ')}; give what they say as answers.` : null,
  );
}

/** Each time with its start. */
export function tellSlots(
  slots: readonly OfferedSlot[],
  { desk, timeZone }: Pick<ServedFunctions, 'timeZone'> & { desk: BookingDesk },
): string {
  return slots
    .map(
      ({ slot_id, label }) =>
        `${label} (start ${writeStart(desk.slotOf(slot_id).start, timeZone)})`,
    )
    .join('; ');
}

/** "2026-12-02T14:30:00-05:00" */
function writeStart(start: Date, zone: string): string {
  return DateTime.fromJSDate(start, { zone }).toISO({ suppressMilliseconds: true }) ?? '';
}

/**
 * Reads a start as a model writes it; null where it is none. Without an offset it is on the calendar's
 * clock.
 */
export function readStart(text: string, zone: string): Date | null {
  const written = text.replace(' ', 'T');
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d/.test(written)) return null;
  const read = DateTime.fromISO(written, { zone });
  return read.isValid ? read.toJSDate() : null;
}

/** A time that was not offered in this call: what is free there, and near it. */
export async function offerInstead(
  start: { instant: Date; event: string | null; host?: string | null },
  call: ServedFunctions & { desk: BookingDesk },
  nothingDone: string,
): Promise<FunctionAnswer> {
  const { timeZone } = call;
  const when = DateTime.fromJSDate(start.instant, { zone: timeZone })
    .setLocale('en-US')
    .toFormat("cccc, LLLL d 'at' h:mm a");
  const { event, host } = start;
  const offer = await findTimes({ when, event, host }, call);
  return tellOffer(offer, call, `That time was not offered in this call: ${nothingDone}`);
}

/** @throws {ToolRefusedError} */
export async function findTimes(
  {
    when,
    event,
    host = null,
  }: { when: string | null; event: string | null; host?: string | null | undefined },
  { desk, runTool }: ServedFunctions & { desk: BookingDesk },
): Promise<OfferAnswer> {
  const kind = desk.eventNames.length > 1 ? { event } : {};
  const taker = desk.hostNames.length > 0 ? { with: host } : {};
  return (await runTool('list_available_slots', {
    when,
    range_days: null,
    duration_minutes: null,
    ...kind,
    ...taker,
  })) as OfferAnswer;
}
