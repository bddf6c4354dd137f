const hours = (from: number, to: number, words: string) => ({
  from: from * 60,
  to: to * 60,
  words,
});

/** When the parts of a day begin and end. Overlaps are meant: five o'clock is both. */
export const DAY_PARTS = {
  'first thing': hours(5, 10, 'first thing in the morning'),
  'early morning': hours(5, 9, 'early in the morning'),
  morning: hours(5, 12, 'in the morning'),
  'late morning': hours(10, 12, 'late in the morning'),
  lunchtime: hours(12, 14, 'around lunchtime'),
  'after lunch': hours(13, 18, 'after lunch'),
  'early afternoon': hours(12, 15, 'early in the afternoon'),
  afternoon: hours(12, 18, 'in the afternoon'),
  'late afternoon': hours(15, 18, 'late in the afternoon'),
  'end of the day': hours(16, 18, 'at the end of the day'),
  'early evening': hours(17, 19, 'early in the evening'),
  evening: hours(17, 22, 'in the evening'),
  night: hours(17, 24, 'at night'),
};

export type DayPart = keyof typeof DAY_PARTS;
