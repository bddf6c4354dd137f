/**
 * The languages that are spoken here (ISO 639-1): labels, exact sentences and recordings are there in
 * each of them, and what is said in them is held to what is true.
 */
export const LANGUAGES = ['en', 'es', 'fr', 'de', 'pt', 'it'] as const;

/** One that is spoken here. */
export type Language = (typeof LANGUAGES)[number];

const LIST = LANGUAGES.join(', ');

/** What to write for a language; it reads after "language: ". */
export const LANGUAGE_WANTED = `must be one of ${LIST}, with or without a region, such as de-CH: a caller's wishes cannot be read in another`;

/** What to write for the languages that an agent may change to. */
export const LANGUAGES_WANTED = `must be some of ${LIST}`;

/** Whether an agent can be set to a language, given as a BCP 47 tag. */
export function isAgentLanguage(tag: string): boolean {
  return isLanguage(languageOf(tag));
}

/** The spoken language of a BCP 47 tag; English where it is spoken in none. */
export function toLanguage(tag: string): Language {
  const language = languageOf(tag);
  return isLanguage(language) ? language : 'en';
}

/** What English calls a language. */
export function languageName(language: Language): string {
  return new Intl.DisplayNames('en', { type: 'language' }).of(language) ?? language;
}

/** The language of a BCP 47 tag without its region: "de" of "de-CH"; null for what is no tag. */
export function languageOf(tag: string): string | null {
  try {
    return new Intl.Locale(tag).language;
  } catch {
    return null;
  }
}

/** Whether it is spoken here. */
export function isLanguage(language: string | null): language is Language {
  return (LANGUAGES as readonly (string | null)[]).includes(language);
}
