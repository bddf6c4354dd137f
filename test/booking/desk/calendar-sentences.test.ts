import { describe, expect, it } from 'vitest';
import { CALENDAR_SENTENCES, calendarSentence } from '../../../booking/desk/calendar-sentences.ts';
import {
  CalendarSetupError,
  CalendarUnreachableError,
  OutcomeUnknownError,
} from '../../../calendar/calendar-error.ts';

describe('what a caller hears of a calendar that fails', () => {
  it('has a sentence of its own for each cause', () => {
    const sentences = Object.values(CALENDAR_SENTENCES);
    expect(new Set(sentences).size).toBe(sentences.length);
  });

  it('names no provider, key or slug', () => {
    for (const sentence of Object.values(CALENDAR_SENTENCES)) {
      expect(sentence).not.toMatch(/cal\.com|key|slug|event type|api/i);
    }
  });

  it('claims neither success nor failure of what nobody knows', () => {
    expect(calendarSentence(new OutcomeUnknownError('Test.'))).not.toMatch(
      /nothing was|is booked/i,
    );
    expect(calendarSentence(new CalendarUnreachableError('Test.'))).toMatch(/nothing was booked/i);
  });

  it('tells the operator’s problems apart', () => {
    const error = new CalendarSetupError('Test.', { problem: 'no-availability' });
    expect(calendarSentence(error)).toMatch(/opening hours/);
  });
});
