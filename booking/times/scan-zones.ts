import { rule, type ScanRule } from './scan-rule.ts';
import type { Item } from './items.ts';

/** The zone of the business, where the reader knows it. */
const THERE =
  '(?:at )?(?:your|their|the clinics?|the office|the business)(?: local)? time(?: zone)?|(?:where|when) you (?:are|guys are)|(?:on|at) your end|over there';

const ZONES: Readonly<Record<string, string>> = {
  eastern: 'America/New_York',
  et: 'America/New_York',
  est: 'America/New_York',
  edt: 'America/New_York',
  'new york': 'America/New_York',
  central: 'America/Chicago',
  ct: 'America/Chicago',
  cst: 'America/Chicago',
  cdt: 'America/Chicago',
  chicago: 'America/Chicago',
  mountain: 'America/Denver',
  mt: 'America/Denver',
  mst: 'America/Denver',
  mdt: 'America/Denver',
  denver: 'America/Denver',
  pacific: 'America/Los_Angeles',
  pt: 'America/Los_Angeles',
  pst: 'America/Los_Angeles',
  pdt: 'America/Los_Angeles',
  'los angeles': 'America/Los_Angeles',
  california: 'America/Los_Angeles',
  utc: 'UTC',
  gmt: 'UTC',
  london: 'Europe/London',
  uk: 'Europe/London',
  berlin: 'Europe/Berlin',
  german: 'Europe/Berlin',
  cet: 'Europe/Berlin',
  cest: 'Europe/Berlin',
  paris: 'Europe/Paris',
  'central european': 'Europe/Berlin',
  india: 'Asia/Kolkata',
  indian: 'Asia/Kolkata',
  ist: 'Asia/Kolkata',
  tokyo: 'Asia/Tokyo',
  sydney: 'Australia/Sydney',
  auckland: 'Pacific/Auckland',
  'australian eastern': 'Australia/Sydney',
  'united kingdom': 'Europe/London',
  'east coast': 'America/New_York',
  boston: 'America/New_York',
  'west coast': 'America/Los_Angeles',
  arizona: 'America/Phoenix',
  phoenix: 'America/Phoenix',
  alaska: 'America/Anchorage',
  hawaii: 'Pacific/Honolulu',
  japan: 'Asia/Tokyo',
  bst: 'Europe/London',
  aest: 'Australia/Sydney',
  aedt: 'Australia/Sydney',
};
const LONG_ZONES = Object.keys(ZONES)
  .filter((name) => name.length > 4 || name === 'uk')
  .join('|');
const SHORT_ZONES = Object.keys(ZONES)
  .filter((name) => name.length <= 4 && name !== 'uk')
  .join('|');

function zone(match: RegExpExecArray): Item[] {
  const timeZone = ZONES[match[1] ?? ''];
  return timeZone === undefined ? [{ type: 'odd', word: match[0] }] : [{ type: 'zone', timeZone }];
}

/** What a zone stands behind, with or without a comma: "at three, eastern". */
const CLOCK =
  '\\b(?:am|pm|\\d\\d?|noon|midnight|oclock|mornings?|afternoons?|evenings?|night)(?: ,)? (?:in )?';
/** "At three this time" names no zone. */
const NO_PLACE =
  '(?!(?:\\w+ )?(?:this|that|the|a|an|any|some|same|my|your|our|their|next|last|first|good|best|free|what|which|is|works?|every|each|more|another|it|at|on|or|and|to|for|full|whole|lunch|night|day|week|local|long|short|much|enough|of|have|has|had) )';

export const ZONE_RULES: readonly ScanRule[] = [
  rule(THERE, (match, { calendarTimeZone }) => [
    calendarTimeZone === null
      ? { type: 'odd', word: match[0] }
      : { type: 'zone', timeZone: calendarTimeZone },
  ]),
  rule(
    `(?:in )?(${LONG_ZONES})(?: standard| daylight)? time|(?<=${CLOCK})(${LONG_ZONES})`,
    (match) => {
      match[1] ??= match[2] ?? '';
      return zone(match);
    },
  ),
  rule(`(?:in )?(?<=${CLOCK})(${SHORT_ZONES})(?: time)?|(utc|gmt)`, (match) => {
    match[1] ??= match[2] ?? '';
    return zone(match);
  }),
  // A place that nobody here knows the time of: the caller's own time would be a guess.
  rule(`(?<=${CLOCK})${NO_PLACE}[a-z]+(?: [a-z]+)? time`, (match) => [
    { type: 'odd', word: match[0] },
  ]),
];
