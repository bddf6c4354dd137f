import type { DayPart } from './wish.ts';

const hours = (from: number, to: number): { from: number; to: number } => ({
  from: from * 60,
  to: to * 60,
});

/** When the parts of a day begin and end. Overlaps are meant: five o'clock is both. */
export const DAY_PARTS: Readonly<Record<DayPart, { from: number; to: number; words: string }>> = {
  'first thing': { ...hours(5, 10), words: 'first thing in the morning' },
  'early morning': { ...hours(5, 9), words: 'early in the morning' },
  morning: { ...hours(5, 12), words: 'in the morning' },
  'late morning': { ...hours(10, 12), words: 'late in the morning' },
  lunchtime: { ...hours(12, 14), words: 'around lunchtime' },
  'after lunch': { ...hours(13, 18), words: 'after lunch' },
  'early afternoon': { ...hours(12, 15), words: 'early in the afternoon' },
  afternoon: { ...hours(12, 18), words: 'in the afternoon' },
  'late afternoon': { ...hours(15, 18), words: 'late in the afternoon' },
  'end of the day': { ...hours(16, 18), words: 'at the end of the day' },
  'early evening': { ...hours(17, 19), words: 'early in the evening' },
  evening: { ...hours(17, 22), words: 'in the evening' },
  night: { ...hours(17, 24), words: 'at night' },
};
