import type { Language } from '../../../calls/languages.ts';
import { GERMAN } from './de.ts';
import { ENGLISH } from './en.ts';
import { SPANISH } from './es.ts';
import { FRENCH } from './fr.ts';
import { ITALIAN } from './it.ts';
import { PORTUGUESE } from './pt.ts';
import type { Sentences } from './sentences.ts';

const SENTENCES: Readonly<Record<Language, Sentences>> = {
  en: ENGLISH,
  es: SPANISH,
  fr: FRENCH,
  de: GERMAN,
  pt: PORTUGUESE,
  it: ITALIAN,
};

/** The exact sentences of a language. */
export function sentencesIn(language: Language): Sentences {
  return SENTENCES[language];
}

/** "a, b or c". */
export function oneOf(language: Language, parts: readonly string[]): string {
  return new Intl.ListFormat(language, { type: 'disjunction' }).format(parts);
}

/** "a, b and c". */
export function allOf(language: Language, parts: readonly string[]): string {
  return new Intl.ListFormat(language).format(parts);
}
