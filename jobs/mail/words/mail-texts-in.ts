import type { Language } from '../../../calls/languages.ts';
import { GERMAN } from './de.ts';
import { ENGLISH } from './en.ts';
import { SPANISH } from './es.ts';
import { FRENCH } from './fr.ts';
import { ITALIAN } from './it.ts';
import type { MailTexts } from './mail-texts.ts';
import { PORTUGUESE } from './pt.ts';

const TEXTS: Readonly<Record<Language, MailTexts>> = {
  en: ENGLISH,
  es: SPANISH,
  fr: FRENCH,
  de: GERMAN,
  pt: PORTUGUESE,
  it: ITALIAN,
};

/** What mails say in a language. */
export function mailTextsIn(language: Language): MailTexts {
  return TEXTS[language];
}
