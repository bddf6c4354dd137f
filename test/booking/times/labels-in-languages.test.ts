import fc from 'fast-check';
import { DateTime } from 'luxon';
import { describe, expect, it } from 'vitest';
import {
  rangeLabel,
  relativeDayLabel,
  slotLabel,
  zoneName,
} from '../../../booking/times/labels.ts';
import { lexiconFor } from '../../../booking/truth/lexicon/lexicon.ts';
import { isInstant } from '../../../booking/truth/match-times.ts';
import { readTimes } from '../../../booking/truth/said-times.ts';
import { LANGUAGES } from '../../../calls/languages.ts';
import type { Language } from '../../../calls/languages.ts';

const now = new Date('2026-10-20T15:00:00Z');
const ZONES = [
  'America/New_York',
  'America/Los_Angeles',
  'America/Sao_Paulo',
  'Asia/Kolkata',
  'Australia/Lord_Howe',
  'Europe/Berlin',
  'Europe/Lisbon',
  'Europe/London',
  'UTC',
];
/** Beside any instant of a year: nights in which clocks change, and the first of months. */
const INSTANTS = [
  '2026-10-25T00:30:00Z',
  '2026-10-25T01:30:00Z',
  '2026-11-01T05:30:00Z',
  '2026-11-01T06:30:00Z',
  '2027-03-14T07:00:00Z',
  '2027-03-28T01:00:00Z',
  '2026-10-03T15:30:00Z',
  '2026-12-01T01:00:00Z',
  '2027-01-01T12:15:00Z',
].map((at) => new Date(at));

const minute = 60_000;
const anyInstant = fc.oneof(
  fc.constantFrom(...INSTANTS),
  fc
    .integer({ min: 0, max: (300 * 24 * 60) / 5 })
    .map((steps) => new Date(now.getTime() + steps * 5 * minute)),
);

/** Whether a clock shows the same so many hours later, as in a night that it goes back. */
const readsTheSame = (at: DateTime, hours: number): boolean =>
  at.startOf('day').set({ hour: at.hour, minute: at.minute }).plus({ hours }).toFormat('d h:mm') ===
  at.toFormat('d h:mm');

describe.each(LANGUAGES)('a label in %s', (language) => {
  const lexicon = lexiconFor(language);

  it('is read back as the instant that it is of, and no other of that day', () => {
    fc.assert(
      fc.property(
        anyInstant,
        fc.constantFrom(...ZONES),
        fc.constantFrom(...ZONES),
        (at, timeZone, calendarTimeZone) => {
          const label = slotLabel(at, { timeZone, calendarTimeZone, now, language });
          const [said, ...more] = readTimes(label, lexicon);
          expect({ label, more }).toEqual({ label, more: [] });
          const local = DateTime.fromJSDate(at, { zone: timeZone });
          const isSaid = (hours: number): boolean => {
            const other = local.startOf('day').set({ hour: local.hour, minute: local.minute });
            const shifted = hours === 0 ? at : other.plus({ hours }).toJSDate();
            return said !== undefined && isInstant(said, shifted, { now, timeZone });
          };
          // Twelve hours off is another time too, but "9:30" may be of either half of the day.
          const also = [1, 2, 3, 5, 7, 11, 24].filter(
            (hours) => isSaid(hours) && !readsTheSame(local, hours),
          );
          expect({ label, isSaid: isSaid(0), also }).toEqual({ label, isSaid: true, also: [] });
        },
      ),
      { numRuns: 300 },
    );
  });

  it('names zones by words that are understood again', () => {
    const said = ZONES.map((timeZone) => {
      const label = slotLabel(now, { timeZone, now, language, withZone: true });
      const [time] = readTimes(label, lexicon);
      // One that has no name in the table of zones is no zone at all, and never called wrong.
      return { label, isRight: time !== undefined && isInstant(time, now, { now, timeZone }) };
    });
    expect(said.filter(({ isRight }) => !isRight)).toEqual([]);
    const named = slotLabel(now, { timeZone: ZONES[0] ?? '', now, language, withZone: true });
    expect(readTimes(named, lexicon)[0]?.zone?.zones).toContain('America/New_York');
  });
});

it('is as a language writes days, hours and zones', () => {
  const at = new Date('2026-11-24T19:30:00Z');
  const label = (language: Language) =>
    slotLabel(at, {
      timeZone: 'America/New_York',
      calendarTimeZone: 'Europe/London',
      now,
      language,
    });
  expect(Object.fromEntries(LANGUAGES.map((language) => [language, label(language)]))).toEqual({
    en: 'Tuesday, November 24 at 2:30 PM Eastern time',
    es: 'martes, 24 de noviembre a las 14:30, hora oriental',
    fr: 'mardi 24 novembre à 14:30, heure de l’Est nord-américain',
    de: 'Dienstag, 24. November um 14:30 Uhr, Nordamerikanische Ostküstenzeit',
    pt: 'terça-feira, 24 de novembro às 14:30, horário do Leste',
    it: 'martedì 24 novembre alle ore 14:30, ora orientale USA',
  });
});

it('says one o’clock, the next year and a city without a zone of its own as people do', () => {
  const at = new Date('2027-01-05T01:05:00Z');
  expect(slotLabel(at, { timeZone: 'UTC', now, language: 'es' })).toBe(
    'martes, 5 de enero de 2027 a la 1:05',
  );
  expect(slotLabel(at, { timeZone: 'UTC', now, language: 'pt' })).toBe(
    'terça-feira, 5 de janeiro de 2027 à 1:05',
  );
  expect(zoneName('Europe/London', at, 'fr')).toBe('heure locale, Royaume-Uni');
  expect(relativeDayLabel(now, { timeZone: 'UTC', now, language: 'de' })).toBe('heute');
});

it('names a stretch of time by its days, and its hours where they are few', () => {
  const of = (from: string, to: string, language: Language = 'es') =>
    rangeLabel(
      { from: new Date(from), to: new Date(to) },
      { timeZone: 'America/New_York', now, language },
    );
  expect(of('2026-11-24T05:00:00Z', '2026-11-25T05:00:00Z')).toBe('martes, 24 de noviembre');
  expect(of('2026-11-24T17:00:00Z', '2026-11-24T22:00:00Z')).toBe(
    'martes, 24 de noviembre, de 12:00 a 17:00',
  );
  expect(of('2026-11-24T05:00:00Z', '2026-11-27T05:00:00Z', 'de')).toBe(
    'von Dienstag, 24. November bis Donnerstag, 26. November',
  );
  expect(of('2026-11-24T19:30:00Z', '2026-11-24T19:31:00Z', 'fr')).toBe(
    'mardi 24 novembre à 14:30',
  );
  // The night in which clocks go back has 25 hours.
  expect(of('2026-11-01T04:00:00Z', '2026-11-02T05:00:00Z', 'it')).toBe('domenica 1 novembre');
});
