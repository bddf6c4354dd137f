import { describe, expect, test } from 'vitest';
import { slotLabel } from '../../../booking/times/labels.ts';
import { LANGUAGES } from '../../../calls/languages.ts';
import { labelInstant } from '../../../manage/calls/evidence/label-instant.ts';

const NOW = new Date('2026-11-23T14:00:00Z');
const ZONES = ['America/New_York', 'Europe/Madrid', 'America/Sao_Paulo'];
const STARTS = ['2026-11-24T19:30:00Z', '2026-12-01T14:00:00Z', '2027-02-03T16:15:00Z'];

describe.each(LANGUAGES)('a label in %s', (language) => {
  test.each(ZONES)('is read back to its instant, in the clock of %s', (timeZone) => {
    for (const written of STARTS) {
      const start = new Date(written);
      const label = slotLabel(start, { timeZone, now: NOW, language });
      expect([label, labelInstant(label, { language, now: NOW, timeZone })]).toEqual([
        label,
        start,
      ]);
    }
  });

  test('that names another zone is read in that one', () => {
    const [start] = STARTS.map((written) => new Date(written));
    const label = slotLabel(start!, {
      timeZone: 'America/Los_Angeles',
      now: NOW,
      language,
      withZone: true,
    });
    const read = labelInstant(label, { language, now: NOW, timeZone: 'America/New_York' });
    expect([label, read]).toEqual([label, start]);
  });
});

test('words that name no instant are none', () => {
  const context = { language: 'en', now: NOW, timeZone: 'America/New_York' };
  for (const words of ['', 'tomorrow', 'Tuesday, November 24', 'at 2:30 PM']) {
    expect(labelInstant(words, context)).toBeNull();
  }
});
