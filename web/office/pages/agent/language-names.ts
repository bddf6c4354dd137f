/** As the server speaks them. */
export const LANGUAGES = ['en', 'es', 'fr', 'de', 'pt', 'it'];

/** "German (Switzerland)". */
export function languageName(tag: string): string {
  return new Intl.DisplayNames('en', { type: 'language' }).of(tag) ?? tag;
}
