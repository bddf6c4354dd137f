import type { OfferedSlot } from '../dialogue/offered-slot.ts';
import { numberWords, ordinalWords } from '../number-words.ts';
import { alternatives } from './rules.ts';
import type { Rules } from './rules.ts';

/** The ways to choose among the times that were really offered; none when nothing was. */
export function choiceRules(slots: readonly OfferedSlot[]): Rules {
  const ordinals = slots.map((_, index) => ordinalWords(index + 1));
  const numbers = slots.map((_, index) => numberWords(index + 1));
  const times = alternatives(slots.flatMap(spokenTimes));
  const dates = alternatives(slots.flatMap(spokenDates));
  const single = new Set(slots.map((slot) => slot.dateLabel)).size <= 1;
  return {
    offered_position: `/4/ [the] (${alternatives(ordinals)} | last) [/6/ one | /1/ time | /1/ option] | /1/ (number | option) (${alternatives(numbers)}) | /1/ the (earlier | later | earliest | latest) one | /0.3/ (that | this) one`,
    offered_time: times,
    offered_date: dates,
    offered: `/6/ <offered_position> | /6/ [at] <offered_time> | /2/ the <offered_time> [one] | /1/ the one at <offered_time> | /${single ? 2 : 5}/ [on] <offered_date> [at] <offered_time> | /2/ <offered_time> on <offered_date> | /${single ? 0.3 : 3}/ [on] <offered_date> | /${single ? 0.3 : 1}/ the one on <offered_date> | /1/ the (morning | afternoon | evening) one`,
    choose_lead:
      "/6/ i will take | /6/ i'll take | /4/ i would like | /2/ i'd like | /2/ let's (take | do) | /2/ can i have | /2/ book | /1/ i want | /1/ i prefer | /1/ i choose | /1/ make it | /1/ yes | /1/ okay | /2/ actually | /1/ no",
    choose_close:
      '/8/ please | /1/ works [for me] | /1/ is (fine | good | great | perfect) | /1/ sounds good | /1/ would be (good | great | fine)',
    choice: '[<choose_lead>] <offered> [<choose_close>]',
    refuse:
      '/2/ none of (these | those | them) | /1/ (neither | not that one | not this one | not that) | /2/ (something | anything) (/3/ later | /3/ earlier | /2/ else) | /2/ [a] (later | earlier) time | /2/ [on] another day | /1/ [at] another time | /1/ do you have (anything | something) (later | earlier | else) | /1/ a different (day | time) | /1/ that does not work [for me] | /1/ wait not that one',
  };
}

function spokenTimes(slot: OfferedSlot): string[] {
  if (slot.timeLabel === '') return [];
  const hour = numberWords(slot.hour);
  const half = slot.half === null ? '' : ` [${slot.half} m]`;
  if (slot.minute === 0) {
    return [`${hour}${half}`, `${hour} o'clock`, ...(slot.hour === 12 ? ['noon', 'midday'] : [])];
  }
  const minute = slot.minute < 10 ? `oh ${numberWords(slot.minute)}` : numberWords(slot.minute);
  const times = [`${hour} ${minute}${half}`];
  if (slot.minute === 30) times.push(`half past ${hour}`);
  if (slot.minute === 15) times.push(`quarter past ${hour}`);
  if (slot.minute === 45) times.push(`quarter to ${numberWords((slot.hour % 12) + 1)}`);
  return times;
}

function spokenDates(slot: OfferedSlot): string[] {
  if (slot.weekday === '') return [];
  const date = `${slot.month} ${ordinalWords(slot.day)}`;
  return [
    slot.weekday,
    `[${slot.weekday}] ${date}`,
    `${slot.weekday} the ${ordinalWords(slot.day)}`,
  ];
}
