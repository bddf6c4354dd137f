import type { PhraseGroup } from '../spoken-time-phrases.ts';

/** Places in what was offered last, and what only sounds like one. */
export const CHOICES: readonly PhraseGroup[] = [
  {
    name: 'Monday, November 23, 2026, 9:00 AM in New York, when times were offered',
    now: '2026-11-23T14:00:00Z',
    timeZone: 'America/New_York',
    rows: [
      ['the first one please', '#0'],
      ['the second one and my name is mary', '#1'],
      ['yes the first one', '#0'],
      ["let's do the third", '#2'],
      ["i'll take the last one", '#-1'],
      ['okay then the second', '#1'],
      ["let's go to the second one", '#1'],
      ["i don't mind, the first one", '#0'],
      ['the first one is fine', '#0'],
      ['i want the first one', '#0'],
      ['the second appointment', '#1'],
      ['i want the third', '#2'],
      ['no problem, the third one', '#2'],
      ['the first one on tuesday', '2026-11-24'],
      // What is refused is no choice
      ['not the first one', '? not-understood'],
      ['not the first', '? not-understood'],
      ["the first one doesn't work", '? not-understood'],
      ["the first one isn't good", '? not-understood'],
      ['anything but the first one', '? not-understood'],
      ["the fourth doesn't work", '? not-understood'],
      ['not on the fourth', '2026-11-23 09:00 / 2026-12-07 00:00 - 2026-12-04..2026-12-04'],
      ['except the fourth', '? not-understood'],
      ['none of those', '? not-understood'],
      ['neither of the first two', '? not-understood'],
      ['not option two', '? not-understood'],
      ['the third one, no, not that one', '? not-understood'],
      // Said again, the last word counts
      ['the first one no the second one', '#1'],
      ["the first one doesn't work, how about the second", '#1'],
      ["i can't do the first one but the second one works", '#1'],
      ['the first, no wait, the second', '#1'],
      // Two places are none
      ['the first or the third', '? not-understood'],
      ['the first or the second one', '? not-understood'],
      ['the first one or the second one', '? not-understood'],
      ['the second to last one', '? not-understood'],
      // A limit names a day of the month
      ['after the first', '2026-12-02..2026-12-15', 'after Tuesday, December 1'],
      ['starting the first', '2026-12-01..2026-12-14'],
      ['by the third', '2026-11-23 09:00 / 2026-12-04 00:00'],
      ['before the third', '2026-11-23 09:00 / 2026-12-03 00:00'],
      ['between the third and the fifth', '2026-12-03..2026-12-05'],
      ['from the second to the fourth', '2026-12-02..2026-12-04'],
    ],
  },
];
