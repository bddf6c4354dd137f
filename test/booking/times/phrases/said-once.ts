import type { PhraseGroup } from '../spoken-time-phrases.ts';

const TWO_DAYS_AT_THREE =
  '2026-11-24 15:00 / 2026-11-25 15:01 - 2026-11-24 15:01 / 2026-11-25 15:00';

/** What is said once and holds for all, what leans on a day or a week, and what contradicts itself. */
export const SAID_ONCE: readonly PhraseGroup[] = [
  {
    name: 'Monday, November 23, 2026, 9:00 AM in New York, when words are shared or clash',
    now: '2026-11-23T14:00:00Z',
    timeZone: 'America/New_York',
    rows: [
      // A time before the days
      ['at three on tuesday or wednesday', TWO_DAYS_AT_THREE],
      ['at three on tuesday and wednesday', TWO_DAYS_AT_THREE],
      [
        'after three on tuesday or wednesday',
        '2026-11-24 15:00 / 2026-11-26 00:00 - 2026-11-25 00:00-15:00',
      ],
      [
        'in the afternoon on tuesday or wednesday',
        '2026-11-24 12:00 / 2026-11-25 18:00 - 2026-11-24 18:00 / 2026-11-25 12:00',
      ],
      [
        'between two and four on tuesday or wednesday',
        '2026-11-24 14:00 / 2026-11-25 16:00 - 2026-11-24 16:00 / 2026-11-25 14:00',
      ],
      [
        'at three on tuesday or wednesday morning',
        '2026-11-24 15:00 / 2026-11-25 12:00 - 2026-11-24 15:01 / 2026-11-25 05:00',
      ],
      [
        'three or four on thursday or friday',
        '2026-11-26 15:00 / 2026-11-27 16:01 - 2026-11-26 15:01 / 2026-11-26 16:00, 2026-11-26 16:01 / 2026-11-27 15:00, 2026-11-27 15:01 / 2026-11-27 16:00',
      ],
      // A week for several days
      ['next tuesday or wednesday', '2026-12-01..2026-12-02'],
      ['tuesday or thursday next week at three', '2026-12-01 15:00 / 2026-12-03 15:01'],
      ['monday tuesday or thursday next week', '2026-11-30..2026-12-03 - 2026-12-02..2026-12-02'],
      ['friday or monday next week', '2026-11-27..2026-11-30 - 2026-11-28..2026-11-29'],
      ['this or next thursday', '2026-11-26..2026-12-03 - 2026-11-27..2026-12-02'],
      ['this thursday or next', '2026-11-26..2026-12-03 - 2026-11-27..2026-12-02'],
      ['this week or next', '2026-11-23 09:00 / 2026-12-07 00:00'],
      ['next week or the week after', '2026-11-30..2026-12-13'],
      ['next week no the week after', '2026-12-07..2026-12-13'],
      ['not next week the week after', '2026-12-07..2026-12-13'],
      [
        'tuesday next week or thursday the week after',
        '2026-12-01..2026-12-10 - 2026-12-02..2026-12-09',
      ],
      ['the week after', '? not-understood'],
      // The nearest weekday
      ['the tuesday before christmas', '2026-12-22'],
      ['the tuesday before the tenth of december', '2026-12-08'],
      ['the friday before new years eve', '2026-12-25'],
      ['the last friday before christmas', '2026-12-18'],
      ['the monday after christmas', '2026-12-28'],
      ['the thursday after thanksgiving', '2026-12-03'],
      ['the first thursday after the tenth at two', '2026-12-17 14:00'],
      // Times that contradict each other
      ['thursday at ten but before nine', '? not-understood'],
      ['thursday at three but not before four', '? not-understood'],
      ['thursday morning at three p m', '? not-understood'],
      ['thursday afternoon at ten', '? not-understood'],
      ['tonight at three', '? not-understood'],
      ['thursday night at two', '? not-understood'],
      ['for two on thursday at eight', '? not-understood'],
      ['two in the morning on thursday', '2026-11-26 02:00'],
      ['thursday evening at six', '2026-11-26 18:00'],
      ['thursday lunchtime at half past eleven', '2026-11-26 11:30'],
      ['thursday at two, three or four', '2026-11-26 14:00 / 2026-11-26 16:01'],
      ['ten maybe eleven thursday', '2026-11-26 10:00 / 2026-11-26 11:01'],
      // Days that contradict each other
      ['next week the twenty fourth', '? not-understood'],
      ['in february on the thirtieth', '? not-understood'],
      ['june next year', '2027-06-01..2027-06-30'],
      ['next november', '? not-understood'],
      ['next november twenty third', '? not-understood'],
      ['last november', '? not-understood'],
      ['next march', '2027-03-01..2027-03-31'],
      ['good friday', '2027-03-26'],
      ['giving tuesday', '2026-12-01'],
      ['sounds good friday then', '2026-11-27'],
      ['i may come thursday', '2026-11-26'],
    ],
  },
  {
    name: 'Monday, August 31, 2026, 11:00 AM in New York',
    now: '2026-08-31T15:00:00Z',
    timeZone: 'America/New_York',
    rows: [['next month on the thirty first', '? not-understood']],
  },
  {
    name: 'Saturday, November 21, 2026, with Tuesday, November 24 at 2:30 PM and other words of time',
    now: '2026-11-21T15:00:00Z',
    timeZone: 'America/New_York',
    previous: '2026-11-24T19:30:00Z',
    rows: [
      ['a week later at ten', '2026-12-01 10:00'],
      ['two days later at ten', '2026-11-26 10:00'],
      ['a week later in the morning', '2026-12-01 05:00-12:00'],
      ['the same time wednesday or thursday', '2026-11-25 14:30 / 2026-11-26 14:31'],
      ['the next morning', '2026-11-25 05:00-12:00'],
      ['the following afternoon', '2026-11-25 12:00-18:00'],
      ['same day next week', '2026-12-01'],
      ['anything later in the week', '2026-11-25..2026-11-29'],
      ["the three o'clock one", '2026-11-24 15:00'],
    ],
  },
];
