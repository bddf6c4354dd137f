import { SpokenLanguage } from '../../booking/languages/spoken-language.ts';

/** A call in a language, by its BCP 47 tag. */
export function speaking(language: string): SpokenLanguage {
  return new SpokenLanguage({ language });
}
