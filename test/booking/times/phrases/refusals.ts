import type { PhraseGroup, PhraseRow } from '../spoken-time-phrases.ts';

/** Two weeks from Monday, November 23, 9:00 AM: what is open when only a refusal is heard. */
const OPEN = '2026-11-23 09:00 / 2026-12-07 00:00';
const NO_TUESDAYS = `${OPEN} - 2026-11-24..2026-11-24, 2026-12-01..2026-12-01`;
const NO_THURSDAYS = `${OPEN} - 2026-11-26..2026-11-26, 2026-12-03..2026-12-03`;
const NO_FRIDAYS = `${OPEN} - 2026-11-27..2026-11-27, 2026-12-04..2026-12-04`;
const NO_MIDWEEK = `${OPEN} - 2026-11-24..2026-11-25, 2026-12-01..2026-12-02`;
const AFTER_TEN = [
  '2026-11-23 10:00 / 2026-12-07 00:00',
  'any day in the next two weeks, after 10:00 AM',
] as const;
const NO_MORNINGS = [
  '2026-11-23 12:00 / 2026-12-07 00:00',
  'any day in the next two weeks, but not in the morning',
] as const;

const BEFORE_THE_DAY: readonly PhraseRow[] = [
  ['not tuesday', NO_TUESDAYS],
  ["i can't do tuesday", NO_TUESDAYS],
  ["i can't make it tuesday", NO_TUESDAYS],
  ['any day but friday', NO_FRIDAYS],
  ["i'm not able to do thursday", NO_THURSDAYS],
  ["i don't think thursday works", NO_THURSDAYS],
  ['not really keen on tuesday', NO_TUESDAYS],
  ["i don't like tuesdays", NO_TUESDAYS],
  ['avoid tuesday', NO_TUESDAYS],
  ["i wasn't planning on tuesday", NO_TUESDAYS],
  ['nothing on friday', NO_FRIDAYS],
  ['neither tuesday nor wednesday', NO_MIDWEEK],
  ['no time on tuesday', NO_TUESDAYS],
  ['with the exception of friday', NO_FRIDAYS],
  ['any day aside from friday', NO_FRIDAYS],
  ['any day outside of friday', NO_FRIDAYS],
  ['any day bar friday', NO_FRIDAYS],
  ['whichever day but thursday', NO_THURSDAYS],
  ['no mondays', '2026-11-24..2026-12-06 - 2026-11-30..2026-11-30'],
  ['next week no fridays', '2026-11-30..2026-12-06 - 2026-12-04..2026-12-04'],
  [
    'next week but no mornings',
    '2026-11-30 00:00 / 2026-12-07 00:00',
    'next week, from Monday, November 30 to Sunday, December 6, but not in the morning',
  ],
  // December 5 and 6 end the two weeks.
  ['no weekends please', '2026-11-23 09:00 / 2026-12-05 00:00 - 2026-11-28..2026-11-29'],
  ['next week but thursday', '2026-11-30..2026-12-06 - 2026-12-03..2026-12-03'],
  ['any weekday but friday', '2026-11-23 09:00 / 2026-12-04 00:00 - 2026-11-27..2026-11-29'],
  [
    'any afternoon but thursday',
    '2026-11-23 12:00 / 2026-12-06 18:00',
    'any day in the next two weeks, in the afternoon, but not on Thursdays',
  ],
  ['any time but the morning', ...NO_MORNINGS],
  ['not monday to wednesday', `${OPEN} - 2026-11-30..2026-12-02`],
  [
    'next week but not tuesday after three',
    '2026-11-30..2026-12-06 - 2026-12-01 15:00 / 2026-12-02 00:00',
  ],
  ["i can't do tuesday at three", `${OPEN} - 2026-11-24 15:00, 2026-12-01 15:00`],
];

const BEHIND_THE_DAY: readonly PhraseRow[] = [
  ["tuesday and wednesday don't work", NO_MIDWEEK],
  [
    "tuesday, wednesday, and thursday don't work",
    `${OPEN} - 2026-11-24..2026-11-26, 2026-12-01..2026-12-03`,
  ],
  ["mornings don't work", ...NO_MORNINGS],
  ['mornings are bad', ...NO_MORNINGS],
  ["next week doesn't work for me", '2026-11-23 09:00 / 2026-11-30 00:00'],
  ['next week is bad', '2026-11-23 09:00 / 2026-11-30 00:00'],
  ["december fourth doesn't work", `${OPEN} - 2026-12-04..2026-12-04`],
  ["thursday at three doesn't work", `${OPEN} - 2026-11-26 15:00, 2026-12-03 15:00`],
  ["tuesday isn't going to work", NO_TUESDAYS],
  ["tuesday doesn't really work", NO_TUESDAYS],
  ["tuesday i can't", NO_TUESDAYS],
  ["tuesday i'm not available", NO_TUESDAYS],
  ["thursday's not good for me", NO_THURSDAYS],
  ['thursday no good', NO_THURSDAYS],
  ['tuesdays are no good', NO_TUESDAYS],
  ["three doesn't work how about four", '2026-11-23 16:00'],
  ["tuesday at two doesn't work how about three", '2026-11-24 15:00'],
  ["tuesday doesn't work wednesday does", '2026-11-25'],
  ["tuesday works but wednesday doesn't", '2026-11-24'],
  ["next week, tuesday doesn't work", '2026-11-30..2026-12-06 - 2026-12-01..2026-12-01'],
  ["if tuesday doesn't work wednesday", '2026-11-24..2026-11-25'],
  ["tuesday, or if that doesn't work, wednesday", '2026-11-24..2026-11-25'],
];

const TIMES: readonly PhraseRow[] = [
  ["i can't get there before ten", ...AFTER_TEN],
  ["i won't be able to get there until ten", ...AFTER_TEN],
  ['nothing before ten', ...AFTER_TEN],
  ['no appointments before ten', ...AFTER_TEN],
  [
    "i don't finish work until five",
    '2026-11-23 17:00 / 2026-12-07 00:00',
    'any day in the next two weeks, after 5:00 PM',
  ],
  [
    'i work until five',
    '2026-11-23 17:00 / 2026-12-07 00:00',
    'any day in the next two weeks, after 5:00 PM',
  ],
  [
    'nothing after three',
    '2026-11-23 09:00 / 2026-12-06 15:01',
    'any day in the next two weeks, no later than 3:00 PM',
  ],
  [
    'not before ten or after four',
    '2026-11-23 10:00 / 2026-12-06 16:01',
    'any day in the next two weeks, after 10:00 AM and no later than 4:00 PM',
  ],
  ['thursday not till three', '2026-11-26 15:00 / 2026-11-27 00:00'],
  ['thursday not until after three', '2026-11-26 15:00 / 2026-11-27 00:00'],
  ['i have a meeting until three on thursday', '2026-11-26 15:00 / 2026-11-27 00:00'],
  ['not until friday', '2026-11-27..2026-12-10', 'from Friday, November 27'],
  ["i'm away until thursday", '2026-11-26..2026-12-09', 'from Thursday, November 26'],
  ['not until the fifteenth', '2026-12-15..2026-12-28'],
  ['not until thursday afternoon', '2026-11-26 12:00 / 2026-12-10 00:00'],
  ['not until after christmas', '2026-12-26..2027-01-08'],
  ['not until the first', '2026-12-01..2026-12-14'],
  ["i'm busy all day thursday", NO_THURSDAYS],
  ["i'm out on friday", NO_FRIDAYS],
  ["i'm off on friday", '2026-11-27'],
  ['it can wait until next week', '2026-11-30..2026-12-13'],
  ['thursday except between two and four', '2026-11-26 - 2026-11-26 14:00-16:00'],
  ["i'm busy from two to four on thursday", '2026-11-26 - 2026-11-26 14:00-16:00'],
  ['thursday but not at ten or eleven', '2026-11-26 - 2026-11-26 10:00, 2026-11-26 11:00'],
  ['before thursday afternoon', '2026-11-23 09:00 / 2026-11-26 12:00'],
  ['after tomorrow morning', '2026-11-24 12:00 / 2026-12-08 00:00'],
  ['from thursday afternoon', '2026-11-26 12:00 / 2026-12-10 00:00'],
  ['before tomorrow evening', '2026-11-23 09:00 / 2026-11-24 17:00'],
];

const ASKED_ABOUT: readonly PhraseRow[] = [
  ["that doesn't work", '? not-understood'],
  ["that doesn't work on tuesday", '? not-understood'],
  ["i can't", '? not-understood'],
  ["friday at three wait no i can't", '? not-understood'],
  ['not monday tuesday or wednesday', '? not-understood'],
  ["tuesday wednesday doesn't work", '? not-understood'],
  ["i want thursday and friday doesn't work", '? not-understood'],
  ['any day but friday at three', '? not-understood'],
  ['next week except tuesday after three', '? not-understood'],
  ['anything on thursday but three', '? not-understood'],
  ["i can't wait until thursday", '? not-understood'],
  ["it doesn't have to be tuesday", '? not-understood'],
  ['ten is too early on thursday', '? not-understood'],
  ["i don't mind", '? not-understood'],
  ["i don't care", '? not-understood'],
];

const NOTHING_REFUSED: readonly PhraseRow[] = [
  ["friday at three wait no i can't then how about saturday", '2026-11-28 15:00'],
  ["no that doesn't work how about wednesday", '2026-11-25'],
  ['none of those how about tuesday', '2026-11-24'],
  ['no problem tuesday', '2026-11-24'],
  ["i'm not sure about tuesday maybe wednesday", '2026-11-25'],
  ['not sure maybe thursday', '2026-11-26'],
  ["i don't mind tuesday", '2026-11-24'],
  ["i wouldn't mind tuesday", '2026-11-24'],
  ["why don't we do tuesday", '2026-11-24'],
  ["can't you do tuesday", '2026-11-24'],
  ["don't you have anything on tuesday", '2026-11-24'],
  ["i'm not in a rush next week is fine", '2026-11-30..2026-12-06'],
  ['i may be able to do thursday', '2026-11-26'],
  ['in the afternoon but on thursday', '2026-11-26 12:00-18:00'],
  [
    'any afternoon but not too late',
    '2026-11-23 12:00 / 2026-12-06 18:00',
    'any day in the next two weeks, in the afternoon',
  ],
  ["that time doesn't work do you have anything on friday", '2026-11-27'],
  ['wednesday not tuesday', '2026-11-25'],
  ['no not tuesday wednesday', '2026-11-25'],
  ['tuesday is not good how about thursday at three', '2026-11-26 15:00'],
  ["four works but three doesn't", '2026-11-23 16:00'],
  ['is tuesday at three possible', '2026-11-24 15:00'],
  ['tuesday if possible', '2026-11-24'],
  ['no thanks how about tuesday', '2026-11-24'],
  ['tuesday is good at three', '2026-11-24 15:00'],
  ['any day after tuesday in the afternoon', '2026-11-25 12:00 / 2026-12-08 18:00'],
];

/** What callers do not want: said before the day, behind it, or only by the sound of it. */
export const REFUSALS: readonly PhraseGroup[] = [
  {
    name: 'Monday, November 23, 2026, 9:00 AM in New York, when something is refused',
    now: '2026-11-23T14:00:00Z',
    timeZone: 'America/New_York',
    rows: [...BEFORE_THE_DAY, ...BEHIND_THE_DAY, ...TIMES, ...ASKED_ABOUT, ...NOTHING_REFUSED],
  },
];
