import type { Language } from '../../calls/languages.ts';

/** How a language puts the parts of a time together; the parts come from Intl. */
export interface LabelWords {
  /** Of Intl, for days and clock times. */
  locale: string;
  /** @param hour 0 to 23 */
  at: (day: string, time: string, hour: number) => string;
  zoned: (when: string, zone: string) => string;
  /** From one clock time of a day to another. */
  hours: (from: string, to: string) => string;
  /** From one day to another. */
  days: (first: string, last: string) => string;
  /** The clock of a city whose zone has no other name. */
  cityTime: (city: string) => string;
}

/** Hours of which a language speaks in the singular: "a la una". */
const isOne = (hour: number): boolean => hour === 1;

export const LABEL_WORDS: Readonly<Record<Language, LabelWords>> = {
  en: {
    locale: 'en-US',
    at: (day, time) => `${day} at ${time}`,
    zoned: (when, zone) => `${when} ${zone}`,
    hours: (from, to) => `from ${from} to ${to}`,
    days: (first, last) => `from ${first} to ${last}`,
    cityTime: (city) => `${city} time`,
  },
  es: {
    locale: 'es',
    at: (day, time, hour) => `${day} a ${isOne(hour) ? 'la' : 'las'} ${time}`,
    zoned: (when, zone) => `${when}, ${zone}`,
    hours: (from, to) => `de ${from} a ${to}`,
    days: (first, last) => `del ${first} al ${last}`,
    cityTime: (city) => `hora de ${city}`,
  },
  fr: {
    locale: 'fr',
    at: (day, time) => `${day} à ${time}`,
    zoned: (when, zone) => `${when}, ${zone}`,
    hours: (from, to) => `de ${from} à ${to}`,
    days: (first, last) => `du ${first} au ${last}`,
    cityTime: (city) => `heure de ${city}`,
  },
  de: {
    locale: 'de',
    at: (day, time) => `${day} um ${time} Uhr`,
    zoned: (when, zone) => `${when}, ${zone}`,
    hours: (from, to) => `von ${from} Uhr bis ${to} Uhr`,
    days: (first, last) => `von ${first} bis ${last}`,
    cityTime: (city) => `${city} (Ortszeit)`,
  },
  pt: {
    locale: 'pt',
    at: (day, time, hour) => `${day} ${isOne(hour) ? 'à' : 'às'} ${time}`,
    zoned: (when, zone) => `${when}, ${zone}`,
    hours: (from, to) => `das ${from} às ${to}`,
    days: (first, last) => `de ${first} a ${last}`,
    cityTime: (city) => `horário de ${city}`,
  },
  it: {
    locale: 'it',
    at: (day, time) => `${day} alle ore ${time}`,
    zoned: (when, zone) => `${when}, ${zone}`,
    hours: (from, to) => `dalle ${from} alle ${to}`,
    days: (first, last) => `da ${first} a ${last}`,
    cityTime: (city) => `ora di ${city}`,
  },
};
