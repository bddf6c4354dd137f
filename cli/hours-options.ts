import type { Command } from 'commander';
import type { Availability } from '../calendar/slots/availability.ts';
import { toNumber, toNumberOrNone, withoutNone } from './option-values.ts';
import { toDurations, toOverrides, toWeeklyHours } from './written-hours.ts';

export type HoursOptions = { [Field in keyof Availability]?: unknown } & {
  hours?: unknown;
  specialHours?: unknown;
};

/** The options of when something can be booked. */
export function withHoursOptions(command: Command): Command {
  return command
    .optionsGroup('Of a calendar that knows no opening hours, in its zone:')
    .option(
      '--hours <hours>',
      'when it can be booked (default: "mon-fri 9:00-17:00"), or `none` for that again',
      (text) => (text === 'none' ? text : toWeeklyHours(text)),
    )
    .option('--special-hours <hours>', 'on single dates, in the place of these', toOverrides)
    .option('--durations <minutes>', 'which lengths can be asked for besides', toDurations)
    .option(
      '--step <minutes>',
      'from one beginning to the next (default: its length)',
      toNumberOrNone,
    )
    .option('--buffer-before <minutes>', 'kept free before it', toNumber)
    .option('--buffer-after <minutes>', 'kept free after it', toNumber)
    .option('--minimum-notice <minutes>', 'how long before it begins it can be booked', toNumber)
    .option('--days-ahead <days>', 'how far ahead (default: 60)', toNumber)
    .option('--daily-maximum <number>', 'how many a day', toNumberOrNone)
    .option('--all-day <rule>', 'which all-day events block: as-marked, always or never')
    .option('--tentative <rule>', 'what is not sure yet counts as: busy or free');
}

/** What was said of its hours; undefined where nothing was, null to take them away. */
export function toAvailability(options: HoursOptions): unknown {
  if (options.hours === 'none') return null;
  const said = Object.entries({
    weekly: options.hours,
    overrides: options.specialHours,
    durations: options.durations,
    step: withoutNone(options.step),
    bufferBefore: options.bufferBefore,
    bufferAfter: options.bufferAfter,
    minimumNotice: options.minimumNotice,
    daysAhead: options.daysAhead,
    dailyMaximum: withoutNone(options.dailyMaximum),
    allDay: options.allDay,
    tentative: options.tentative,
  }).filter(([, value]) => value !== undefined);
  return said.length === 0 ? undefined : Object.fromEntries(said);
}
