/**
 * The languages that an agent can be set to (ISO 639-1). Wishes are read as English words, whatever is
 * spoken: the model translates them, and does so well in these.
 */
const LANGUAGES = ['en', 'es', 'fr', 'de', 'pt', 'it'];

/** What to write for a language; it reads after "language: ". */
export const LANGUAGE_WANTED = `must be one of ${LANGUAGES.join(', ')}, with or without a region, such as de-CH: a caller's wishes cannot be read in another`;

/** Whether an agent can be set to a language, given as a BCP 47 tag. */
export function isAgentLanguage(tag: string): boolean {
  const language = languageOf(tag);
  return language !== null && LANGUAGES.includes(language);
}

/** The language of a BCP 47 tag without its region: "de" of "de-CH"; null for what is no tag. */
export function languageOf(tag: string): string | null {
  try {
    return new Intl.Locale(tag).language;
  } catch {
    return null;
  }
}
